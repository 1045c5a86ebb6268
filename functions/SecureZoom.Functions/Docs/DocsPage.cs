using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;

namespace SecureZoom.Functions.Docs;

/// <summary>The contract for people to read: one page made of the OpenAPI document, without a script.</summary>
public sealed class DocsPage
{
    private const string Style = "docs.css";
    private const string Components = "#/components/";

    private readonly JsonObject _document;
    private readonly StringBuilder _html = new();

    public DocsPage(OpenApi document)
    {
        _document = JsonNode.Parse(document.Json.Span)!.AsObject();
        var style = OpenApi.Read(Style);
        Write(Encoding.UTF8.GetString(style));
        Html = Encoding.UTF8.GetBytes(_html.ToString());
        ContentSecurityPolicy =
            $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(style))}'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    public ReadOnlyMemory<byte> Html { get; }

    /// <summary>Nothing but the page's own style, by its hash.</summary>
    public string ContentSecurityPolicy { get; }

    private void Write(string style)
    {
        var info = _document["info"]!;
        var root = (string)_document["servers"]![0]!["url"]!;
        _html.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Append($"<title>{Plain(info["title"])} API</title><style>{style}</style></head><body><main>")
            .Append($"<h1>{Plain(info["title"])} API</h1><p>{Rich(info["summary"])}</p><p>{Rich(info["description"])}</p>")
            .Append("<p class=\"quiet\">The same for programs: <a href=\"openapi.json\">openapi.json</a> (OpenAPI 3.1)</p>");
        foreach (var tag in _document["tags"]!.AsArray())
        {
            _html.Append($"<h2>{Plain(tag!["name"])}</h2><p class=\"quiet\">{Rich(tag["description"])}</p>");
            foreach (var (path, calls) in _document["paths"]!.AsObject())
            {
                WriteCalls(root + path, calls!.AsObject(), (string)tag["name"]!);
            }
        }

        _html.Append("<h2>Schemas</h2>");
        foreach (var (name, schema) in _document["components"]!["schemas"]!.AsObject())
        {
            WriteSchema(name, schema!);
        }

        _html.Append("</main></body></html>\n");
    }

    private void WriteCalls(string path, JsonObject calls, string tag)
    {
        foreach (var (method, call) in calls)
        {
            if (call is not JsonObject || (string?)call["tags"]?[0] != tag)
            {
                continue;
            }

            _html.Append($"<details id=\"{Plain(call["operationId"])}\"><summary><span class=\"method\">{method.ToUpperInvariant()}</span>")
                .Append($"<h3><code>{Plain(path)}</code></h3><span class=\"quiet\">{Rich(call["summary"])}</span></summary><div>");
            WriteParagraph(call["description"]);
            _html.Append($"<p>Needs: {(call["x-needs"] is { } needs ? Rich(needs) : call["security"] is null ? "a valid token" : "nothing")}.</p>");
            WriteTable("Parameters", [.. Parameters(calls).Concat(Parameters(call)).Select(parameter => (
                $"<code>{Plain(parameter["name"])}</code>", $"{Plain(parameter["in"])}: {Describe(parameter["schema"]!)} {Rich(parameter["description"])}"))]);
            if (call["requestBody"] is { } body)
            {
                _html.Append($"<p>Body: {Describe(Content(body)!)}</p>");
            }

            WriteTable("Answers", [.. call["responses"]!.AsObject().Select(answer => (answer.Key, Answer(Resolve(answer.Value!))))]);
            _html.Append("</div></details>");
        }
    }

    private void WriteSchema(string name, JsonNode schema)
    {
        _html.Append($"<details id=\"{Plain(name)}\"><summary><h3><code>{Plain(name)}</code></h3></summary><div>");
        WriteParagraph(schema["description"]);
        var required = schema["required"]?.AsArray().Select(member => (string)member!).ToHashSet() ?? [];
        var members = schema["properties"]?.AsObject();
        if (members is null)
        {
            _html.Append($"<p>{Describe(schema)}</p>");
        }

        WriteTable("Members", [.. (members ?? []).Select(member => (
            $"<code>{Plain(member.Key)}</code>{(required.Contains(member.Key) ? " *" : "")}",
            $"{Describe(member.Value!)} {Rich(member.Value!["description"])}"))]);
        _html.Append("</div></details>");
    }

    private void WriteParagraph(JsonNode? text)
    {
        if (text is not null)
        {
            _html.Append($"<p>{Rich(text)}</p>");
        }
    }

    private void WriteTable(string caption, IReadOnlyList<(string Name, string Text)> rows)
    {
        if (rows.Count > 0)
        {
            _html.Append($"<div class=\"scroll\"><table><caption>{caption}</caption>")
                .AppendJoin("", rows.Select(row => $"<tr><th scope=\"row\">{row.Name}</th><td>{row.Text}</td></tr>"))
                .Append("</table></div>");
        }
    }

    private IEnumerable<JsonNode> Parameters(JsonNode of) => of["parameters"]?.AsArray().Select(parameter => Resolve(parameter!)) ?? [];

    private static string Answer(JsonNode answer) =>
        Content(answer) is { } schema ? $"{Rich(answer["description"])} {Describe(schema)}" : Rich(answer["description"]);

    private static JsonNode? Content(JsonNode of) => of["content"]?.AsObject().First().Value!["schema"];

    /// <summary>What a value is, in a few words, with a link where the document says it elsewhere.</summary>
    private static string Describe(JsonNode schema)
    {
        if (schema["$ref"] is { } reference)
        {
            var name = Plain(((string)reference!).Split('/')[^1]);
            return $"<a href=\"#{name}\">{name}</a>";
        }

        if (schema["oneOf"] is JsonArray choices && schema["type"] is null)
        {
            return string.Join(" or ", choices.Select(choice => Describe(choice!)));
        }

        var facts = new List<string> { schema["items"] is { } items ? $"list of {Describe(items)}" : Plain(schema["type"]) };
        facts.AddRange(schema["enum"] is JsonArray values ? [string.Join(" | ", values.Select(value => $"<code>{Plain(value)}</code>"))] : []);
        facts.AddRange(schema["minimum"] is { } least ? [$"{Plain(least)} to {Plain(schema["maximum"] ?? "any")}"] : []);
        facts.AddRange(schema["maxLength"] is { } length ? [$"at most {Plain(length)} characters"] : []);
        facts.AddRange(schema["format"] is { } format ? [Plain(format)] : []);
        facts.AddRange(schema["default"] is { } otherwise ? [$"<code>{Plain(otherwise)}</code> when left out"] : []);
        return $"<span class=\"quiet\">{string.Join(", ", facts)}.</span>";
    }

    /// <summary>What a reference to another part of the document stands for.</summary>
    private JsonNode Resolve(JsonNode node) => (string?)node["$ref"] is { } reference
        ? reference[Components.Length..].Split('/').Aggregate(_document["components"]!, (parent, name) => parent[name]!)
        : node;

    private static string Plain(JsonNode? text) => HtmlEncoder.Default.Encode(text?.ToString() ?? "");

    /// <summary>Escaped, with what stands between backticks as code.</summary>
    private static string Rich(JsonNode? text)
    {
        var parts = (text?.ToString() ?? "").Split('`');
        return string.Concat(parts.Select((part, index) =>
            index % 2 == 1 ? $"<code>{HtmlEncoder.Default.Encode(part)}</code>" : HtmlEncoder.Default.Encode(part)));
    }
}
