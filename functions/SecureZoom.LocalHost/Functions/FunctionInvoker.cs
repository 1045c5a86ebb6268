namespace SecureZoom.LocalHost.Functions;

/// <summary>Runs a function that no request triggers, in whichever worker there is.</summary>
/// <exception cref="FunctionFailedException">The function threw.</exception>
/// <exception cref="WorkerGoneException">The worker ended first.</exception>
internal delegate Task FunctionInvoker(Function function, TypedData input, Dictionary<string, TypedData> metadata);
