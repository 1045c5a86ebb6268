namespace SecureZoom.Sandbox.Identity;

/// <summary>The people of the sandbox: of three organisations, and of none.</summary>
public static class Accounts
{
    /// <summary>May host.</summary>
    public static Account Alice { get; } = Acme("alice@acme.example", "Alice Adams", "Marketing", "zoom-hosts");

    /// <summary>May join.</summary>
    public static Account Bob { get; } = Acme("bob@acme.example", "Bob Brown", "Engineering", "employees");

    /// <summary>Host, admin and audit reader in one.</summary>
    public static Account Carol { get; } = Acme("carol@acme.example", "Carol Clark", "IT", "zoom-admins");

    /// <summary>Reads the audit trail.</summary>
    public static Account Audrey { get; } = Acme("audrey@acme.example", "Audrey Allen", "Compliance", "auditors");

    /// <summary>May host in the other organisation.</summary>
    public static Account Dave { get; } =
        new("dave@globex.example", "Dave Davis", "org_globex", "Globex", "Sales", "zoom-hosts");

    /// <summary>Joins only what she is invited to.</summary>
    public static Account Erin { get; } =
        new("erin@globex.example", "Erin Evans", "org_globex", "Globex", "Partners", "contractors");

    /// <summary>Reads every organisation's audit trail.</summary>
    public static Account Olive { get; } =
        new("olive@platform.example", "Olive Owens", "org_platform", "Platform", "Operations", "platform-operators");

    /// <summary>Belongs to nobody's organisation: joins what her address is invited to.</summary>
    public static Account Gwen { get; } = new("gwen@guest.example", "Gwen Green");

    /// <summary>Everybody, in the order in which the sign-in page lists them.</summary>
    public static IReadOnlyList<Account> All { get; } = [Alice, Bob, Carol, Audrey, Dave, Erin, Olive, Gwen];

    /// <summary>The account with this address; null when there is none.</summary>
    public static Account? WithEmail(string? email) =>
        All.FirstOrDefault(account => account.Email.Equals(email, StringComparison.OrdinalIgnoreCase));

    /// <summary>The account with this subject; null when there is none.</summary>
    public static Account? WithSubject(string? subject) =>
        All.FirstOrDefault(account => account.Subject == subject);

    private static Account Acme(string email, string name, string department, string group) =>
        new(email, name, "org_acme", "Acme Corp", department, group);
}
