namespace SecureZoom.Functions.Identity;

/// <summary>A Zoom account of a customer's own, and our two apps in it. Their secrets are in the vault (<see cref="Customer.SecretName"/>).</summary>
internal sealed record CustomerZoom(string AccountId, string ClientId, string SdkClientId);
