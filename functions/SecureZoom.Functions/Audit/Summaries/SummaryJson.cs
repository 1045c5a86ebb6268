using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>How rows of summaries are written.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(SummaryState))]
[JsonSerializable(typeof(SummaryCounts))]
internal sealed partial class SummaryJson : JsonSerializerContext;
