using NBomber.Contracts;
using NBomber.Engine;

namespace NBomber.CSharp;

/// <summary>A part of an iteration with figures of its own.</summary>
public static class Step
{
    /// <summary>Runs and measures a step, from its own start. An exception counts as a failure with status code -101.</summary>
    public static async Task<Response<T>> Run<T>(string name, IScenarioContext context, Func<Task<Response<T>>> run)
    {
        var iteration = (Iteration)context;
        var started = iteration.Now;
        Response<T> response;
        try
        {
            response = await run().ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            response = Response.Fail<T>(Measurement.UnhandledExceptionCode, fault.Message);
        }

        iteration.RecordStep(name, response, iteration.Now - started);
        return response;
    }
}
