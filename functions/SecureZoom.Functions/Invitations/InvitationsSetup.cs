using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Invitations;

/// <summary>Invitations as sealed tokens, and the list of those that are out.</summary>
internal static class InvitationsSetup
{
    public static IServiceCollection AddInvitations(this IServiceCollection services) => services
        .AddSingleton<InvitationSeal>()
        .AddSingleton(new SealedTable(AccessTable.Name, AccessTable.Expires))
        .AddSingleton<OpenInvitations>()
        .AddSingleton<IPersonStore, InvitationEraser>()
        .AddSingleton<IAuditConsequence, InvitationUse>();
}
