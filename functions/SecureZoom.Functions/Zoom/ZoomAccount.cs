namespace SecureZoom.Functions.Zoom;

/// <summary>A Zoom account and our two apps in it: Server-to-Server OAuth for the REST API, Meeting SDK for signatures.</summary>
/// <param name="AccountId">Zoom's id of the account.</param>
/// <param name="Organizations">The organisations whose meetings it holds, or <c>*</c> alone for all.</param>
/// <param name="ClientId">The Server-to-Server OAuth app's client id.</param>
/// <param name="SdkClientId">The Meeting SDK app's client id: the signature's <c>appKey</c>.</param>
public sealed record ZoomAccount(
    string AccountId,
    IReadOnlyList<string> Organizations,
    string ClientId,
    string SdkClientId,
    string ClientSecretName,
    string SdkClientSecretName,
    string WebhookSecretName)
{
    /// <summary>In the place of organisations: for all that have no account of their own.</summary>
    internal const string EveryOrganization = "*";

    /// <summary>The organisation of all of the account's meetings, where it has only one.</summary>
    internal string? OnlyOrganization => Organizations is [var only] && only != EveryOrganization ? only : null;
}
