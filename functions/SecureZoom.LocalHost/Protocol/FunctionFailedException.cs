namespace SecureZoom.LocalHost.Protocol;

/// <summary>The function has thrown.</summary>
internal sealed class FunctionFailedException(string function, RpcException? thrown) : Exception($"Function {function} failed")
{
    public string Function => function;

    /// <summary>What the function threw, as far as the worker says.</summary>
    public RpcException? Thrown => thrown;
}
