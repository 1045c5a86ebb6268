using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using NJsonSchema;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Docs;

/// <summary>The OpenAPI document as a judge of real answers.</summary>
internal sealed class Contract(JsonObject document)
{
    private readonly Dictionary<string, JsonSchema> _schemas = [];

    public JsonObject Document => document;

    /// <summary>Every call: method, path and operation.</summary>
    public IEnumerable<(string Method, string Path, JsonObject Operation)> Operations =>
        from path in document["paths"]!.AsObject()
        from call in path.Value!.AsObject()
        where call.Key != "parameters"
        select (call.Key.ToUpperInvariant(), path.Key, call.Value!.AsObject());

    /// <summary>What is wrong with an answer; empty when it is as the document says.</summary>
    public async Task<string> JudgeAsync(string method, string path, Answer answer)
    {
        var operation = Operations.Single(call => call.Method == method && call.Path == path).Operation;
        var status = ((int)answer.Status).ToString(CultureInfo.InvariantCulture);
        if (operation["responses"]![status] is not { } named)
        {
            return $"{status} is not documented: {answer.Text}";
        }

        var response = Resolve(named);
        var missing = response["headers"]!.AsObject().Where(header => !answer.Headers.Contains(header.Key)).Select(header => header.Key).ToList();
        if (missing.Count > 0 && operation["operationId"]!.ToString() != "health")
        {
            return $"{string.Join(", ", missing)} missing on {status}";
        }

        if (response["content"] is not JsonObject content)
        {
            return answer.Bytes.Length == 0 ? "" : $"A body on {status}: {answer.Text}";
        }

        if (answer.Bytes.Length == 0 && operation["security"] is JsonArray { Count: 0 })
        {
            return "";
        }

        if (content[answer.MediaType ?? ""] is not { } media)
        {
            return $"{answer.MediaType} on {status}";
        }

        return answer.MediaType is "application/json" or "application/problem+json" ? await ValidateAsync(media["schema"]!, answer.Text) : "";
    }

    /// <summary>What is wrong with a value, by one of the document's schemas.</summary>
    public async Task<string> ValidateAsync(JsonNode schema, string json) =>
        string.Join("; ", (await SchemaAsync(schema)).Validate(json).Select(error => error.ToString()));

    public JsonNode Resolve(JsonNode node) => (string?)node["$ref"] is { } reference
        ? reference.Split('/').Skip(1).Aggregate((JsonNode)document, (parent, name) => parent[name]!)
        : node;

    private async Task<JsonSchema> SchemaAsync(JsonNode schema)
    {
        var text = schema.ToJsonString();
        if (!_schemas.TryGetValue(text, out var compiled))
        {
            // The validator looks for definitions where JSON Schema had them before 2019.
            var whole = new JsonObject
            {
                ["allOf"] = new JsonArray(schema.DeepClone()),
                ["definitions"] = document["components"]!["schemas"]!.DeepClone(),
            };
            var moved = whole.ToJsonString().Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal);
            _schemas[text] = compiled = await JsonSchema.FromJsonAsync(moved, TestContext.Current.CancellationToken);
        }

        return compiled;
    }
}
