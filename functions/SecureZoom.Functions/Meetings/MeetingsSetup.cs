using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Settings;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Meetings;

/// <summary>Meetings, and what follows from the events about them.</summary>
internal static class MeetingsSetup
{
    public static IServiceCollection AddMeetings(this IServiceCollection services, SettingsReader settings) => services
        .AddSingleton(SiteOptions.Read(settings))
        .AddSingleton(new SealedTable(MeetingTable.Name, AccessTable.Expires))
        .AddSingleton<RecentMeetings>()
        .AddSingleton<MeetingTable>()
        .AddSingleton<MeetingSearch>()
        .AddSingleton<MeetingDetails>()
        .AddSingleton<DeletedNumbers>()
        .AddSingleton<MeetingRegistry>()
        .AddSingleton<MeetingUuids>()
        .AddSingleton<MeetingEchoes>()
        .AddSingleton<MeetingReadings>()
        .AddSingleton<MeetingService>()
        .AddSingleton<MeetingOccurrences>()
        .AddSingleton<MeetingPast>()
        .AddSingleton<MeetingInvitations>()
        .AddSingleton<MeetingStatuses>()
        .AddSingleton<MeetingPasscodes>()
        .AddSingleton<MeetingCalendar>()
        .AddSingleton<MeetingProjection>()
        .AddSingleton<IAuditConsequence>(provider => provider.GetRequiredService<MeetingProjection>())
        .AddSingleton<CreateIntents>()
        .AddSingleton<UnfinishedCreate>()
        .AddSingleton<IAuditConsequence>(provider => provider.GetRequiredService<UnfinishedCreate>())
        .AddSingleton<IOrganizationStore, RegistryLeaver>()
        .AddSingleton<IPersonStore, MeetingEraser>()
        .AddSingleton<IPersonStore, CreateIntentEraser>()
        .AddSingleton<IAuditConsequence, ForeignAttempts>();
}
