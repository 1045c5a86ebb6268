namespace Microsoft.Azure.Functions.Worker;

public enum AuthorizationLevel { Anonymous, User, Function, System, Admin }
