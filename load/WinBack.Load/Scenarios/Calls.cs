using Grpc.Health.V1;
using NBomber.Contracts;
using WinBack.Load.Runs;
using WinBack.Load.Target;

namespace WinBack.Load.Scenarios;

/// <summary>The calls that several scenarios make, as iterations.</summary>
internal static class Calls
{
    /// <summary>The peer of every call: the service does nothing for it but answer.</summary>
    internal static Func<IScenarioContext, Task<IResponse>> Empty(LoadTarget target) => async context =>
    {
        await target.Health.CheckAsync(new HealthCheckRequest(), cancellationToken: context.ScenarioCancellationToken);
        return Answers.Ok;
    };

    internal static Func<IScenarioContext, Task<IResponse>> Decide(LoadTarget target, Func<string> customer, bool isPreview) =>
        async context => Answers.Of(await DecideAsync(target, customer(), isPreview, context.ScenarioCancellationToken));

    internal static async Task<V1.Decision> DecideAsync(LoadTarget target, string customer, bool isPreview, CancellationToken stop) =>
        (await target.Decisions.DecideNextActionAsync(Request(customer, isPreview), cancellationToken: stop)).Decision;

    /// <summary>Events of the active customers, handed to the producer in chunks.</summary>
    internal static Func<IScenarioContext, Task<IResponse>> Everyday(LoadTarget target, EventSender sender, int chunk) => async context =>
    {
        await sender.SendAsync(EverydayEvents(target, chunk), context.ScenarioCancellationToken);
        return Answers.Ok;
    };

    internal static V1.DecideNextActionRequest Request(string customer, bool isPreview) => new()
    {
        CustomerId = customer,
        RequestId = isPreview ? "" : Guid.NewGuid().ToString("D"),
        ValidateOnly = isPreview,
    };

    private static IEnumerable<V1.CustomerEvent> EverydayEvents(LoadTarget target, int count)
    {
        DateTimeOffset now = target.Clock.Now;
        for (int i = 0; i < count; i++) yield return LoadEvents.Everyday(target.Population.PickActive(), now, target.Population.Next());
    }
}
