namespace Microsoft.Azure.Functions.Worker;

public class FunctionParameter(string name, Type type)
{
    public string Name { get; } = name;
    public Type Type { get; } = type;
}
