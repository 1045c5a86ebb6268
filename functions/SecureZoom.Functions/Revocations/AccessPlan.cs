using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Revocations;

/// <summary>A change of the list, and what gives way to it.</summary>
internal sealed record AccessPlan(PartitionChange Change, IReadOnlyList<EndedAccess> GivingWay);
