using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace SecureZoom.Functions.Tests.Architecture;

/// <summary>Which of the app's folders may know which: arrows go one way, and the compiled app has these and no others.</summary>
public sealed class ArrowsTests
{
    /// <summary>Each folder, the ground floor first, with those below that it may know.</summary>
    private static readonly (string Folder, string[] Knows)[] Allowed =
    [
        ("Caching", []),
        ("Http", []),
        ("Settings", []),
        ("Zoom.Events", []),
        ("Secrets", ["Caching", "Settings"]),
        ("Storage", ["Secrets", "Settings"]),
        ("Telemetry", ["Settings"]),
        ("Identity", ["Caching", "Settings", "Storage", "Telemetry"]),
        ("Revocations", ["Identity", "Secrets", "Storage"]),
        ("Authorization", ["Http", "Identity", "Revocations", "Secrets", "Settings", "Storage", "Telemetry"]),
        ("Zoom", ["Caching", "Http", "Identity", "Secrets", "Settings", "Telemetry"]),
        ("Audit.Recording", ["Authorization", "Identity", "Secrets", "Storage", "Telemetry"]),
        ("Audit.Trail", ["Audit.Recording", "Authorization", "Secrets", "Settings", "Storage", "Telemetry", "Zoom.Events"]),
        ("Audit.Erasing", ["Audit.Recording", "Audit.Trail", "Authorization", "Http", "Identity", "Revocations", "Secrets", "Storage", "Zoom.Events"]),
        ("Audit.Indexing", ["Audit.Erasing", "Audit.Recording", "Audit.Trail", "Authorization", "Secrets", "Storage"]),
        ("Audit.Summaries", ["Audit.Erasing", "Audit.Recording", "Audit.Trail", "Authorization", "Secrets", "Storage"]),
        ("Audit.Ocsf", ["Audit.Recording", "Audit.Trail", "Authorization"]),
        ("Audit.Checkpoints", ["Audit.Erasing", "Audit.Indexing", "Audit.Recording", "Audit.Summaries", "Audit.Trail", "Secrets", "Settings", "Storage"]),
        ("IdentityEvents", ["Audit.Recording", "Authorization", "Caching", "Http", "Identity", "Revocations", "Secrets", "Settings", "Storage"]),
        ("Audit.Reading", ["Audit.Checkpoints", "Audit.Erasing", "Audit.Indexing", "Audit.Ocsf", "Audit.Recording", "Audit.Summaries", "Audit.Trail", "Authorization", "Caching", "Http", "Identity", "IdentityEvents"]),
        ("Audit", ["Audit.Checkpoints", "Audit.Erasing", "Audit.Indexing", "Audit.Reading", "Audit.Recording", "Audit.Summaries", "Audit.Trail", "Settings", "Storage"]),
        ("Docs", ["Authorization"]),
        ("Profile", ["Authorization", "Identity"]),
        ("Health", ["Audit.Trail", "Authorization", "Caching", "Identity", "IdentityEvents", "Revocations", "Secrets", "Storage"]),
        ("Invitations", ["Audit.Erasing", "Audit.Recording", "Authorization", "Identity", "Revocations", "Secrets", "Storage", "Zoom"]),
        ("Meetings", ["Audit.Erasing", "Audit.Recording", "Authorization", "Caching", "Http", "Identity", "Invitations", "Revocations", "Secrets", "Settings", "Storage", "Zoom", "Zoom.Events"]),
        ("Webhooks", []),
        ("Webhooks.Zoom", ["Audit.Recording", "Authorization", "Http", "Secrets", "Settings", "Telemetry", "Webhooks", "Zoom", "Zoom.Events"]),
        ("Webhooks.Okta", ["Audit.Reading", "Audit.Recording", "Audit.Trail", "Authorization", "Http", "Identity", "IdentityEvents", "Revocations", "Secrets", "Webhooks"]),
        ("Webhooks.Auth0", ["Audit.Recording", "Authorization", "Http", "Identity", "IdentityEvents", "Revocations", "Webhooks"]),
        ("Access", ["Audit.Checkpoints", "Audit.Erasing", "Audit.Reading", "Audit.Recording", "Audit.Trail", "Authorization", "Http", "Identity", "Meetings", "Revocations", "Storage", "Zoom"]),
        ("Customers", ["Audit.Erasing", "Audit.Recording", "Audit.Trail", "Identity", "Storage"]),
        ("Edge", ["Access", "Audit.Erasing", "Audit.Reading", "Audit.Recording", "Audit.Trail", "Authorization", "Http", "Identity", "IdentityEvents", "Meetings", "Secrets", "Settings", "Storage", "Telemetry", "Webhooks.Zoom", "Zoom"]),
        ("Intake", ["Audit.Recording", "Audit.Trail", "Authorization", "Health", "Identity", "Meetings", "Secrets", "Telemetry", "Zoom", "Zoom.Events"]),
        ("Signature", ["Audit.Recording", "Authorization", "Http", "Identity", "Invitations", "Meetings", "Secrets", "Settings", "Telemetry", "Zoom"]),
    ];

    /// <summary>A folder's namespace is that of the app and its name; the app's own holds Composition, which knows everything.</summary>
    private const string App = "SecureZoom.Functions";

    [Fact]
    public void No_folder_knows_one_above_it() =>
        Assert.All(Allowed.Index(), row => Assert.Empty(row.Item.Knows.Except(Allowed.Take(row.Index).Select(above => above.Folder))));

    [Fact]
    public void The_compiled_app_has_the_allowed_arrows_and_no_others()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(Composition).Assembly.Location);
        var arrows = assembly.MainModule.GetAllTypes()
            .SelectMany(type => Known(type).Select(known => (From: FolderOf(type), To: FolderOf(known))))
            .Where(arrow => arrow is { From: not null, To: not null } && arrow.From != arrow.To)
            .Distinct();
        Assert.Equal(
            Table(Allowed.SelectMany(row => row.Knows.Select(known => (row.Folder, known)))),
            Table(arrows.Select(arrow => (arrow.From!, arrow.To!))));
    }

    [Fact]
    public void The_documents_picture_is_of_this_table() =>
        Assert.Contains(Picture(), File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "architecture.md")), StringComparison.Ordinal);

    /// <summary>A line for each folder.</summary>
    private static string Table(IEnumerable<(string From, string To)> arrows) => string.Join('\n', arrows
        .GroupBy(arrow => arrow.From, arrow => arrow.To)
        .OrderBy(row => row.Key, StringComparer.Ordinal)
        .Select(row => $"{row.Key} -> {string.Join(' ', row.Order(StringComparer.Ordinal))}"));

    /// <summary>The arrows in Mermaid, without those that others imply.</summary>
    private static string Picture()
    {
        var reached = new Dictionary<string, HashSet<string>>();
        var lines = new List<string> { "flowchart TD" };
        foreach (var (folder, knows) in Allowed)
        {
            lines.AddRange(knows.Where(known => !knows.Any(other => reached[other].Contains(known))).Select(known => $"  {folder} --> {known}"));
            reached[folder] = [.. knows, .. knows.SelectMany(known => reached[known])];
        }

        return string.Join('\n', lines);
    }

    private static string? FolderOf(TypeReference type)
    {
        var outermost = type.GetElementType();
        while (outermost.DeclaringType is { } outer)
        {
            outermost = outer;
        }

        return outermost.Namespace.StartsWith($"{App}.", StringComparison.Ordinal) ? outermost.Namespace[(App.Length + 1)..] : null;
    }

    /// <summary>The types that a type names: in its declaration, its members and their code.</summary>
    private static IEnumerable<TypeReference> Known(TypeDefinition type)
    {
        var direct = new List<TypeReference?> { type.BaseType };
        direct.AddRange(type.Interfaces.Select(one => one.InterfaceType));
        direct.AddRange(type.Fields.Select(field => field.FieldType));
        direct.AddRange(type.CustomAttributes.Select(attribute => attribute.AttributeType));
        foreach (var method in type.Methods)
        {
            direct.Add(method.ReturnType);
            direct.AddRange(method.Parameters.Select(parameter => parameter.ParameterType));
            direct.AddRange(method.CustomAttributes.Select(attribute => attribute.AttributeType));
            direct.AddRange(method.Body?.Variables.Select(variable => variable.VariableType) ?? []);
            direct.AddRange(method.Body?.ExceptionHandlers.Select(handler => handler.CatchType) ?? []);
            direct.AddRange(method.Body?.Instructions.SelectMany(instruction => Operands(instruction.Operand)) ?? []);
        }

        return direct.OfType<TypeReference>().SelectMany(Parts);
    }

    private static IEnumerable<TypeReference> Operands(object? operand) => operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, .. method.GenericArguments],
        MemberReference member => [member.DeclaringType],
        _ => [],
    };

    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };
}
