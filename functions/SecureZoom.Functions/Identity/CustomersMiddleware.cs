using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Identity;

/// <summary>Has customers at hand before a function begins, so that from there on looking them up waits for nobody.</summary>
internal sealed class CustomersMiddleware(CustomerList customers) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await customers.ReadAsync(context.CancellationToken);
        }
        catch (StorageUnavailableException)
        {
            // Whatever needs to know them is refused by itself, and health can tell of it.
        }

        await next(context);
    }
}
