namespace WinBack.Load.Target;

/// <summary>What the service's clock shows: it may stand in another year, and events and decisions have to meet in time.</summary>
internal sealed class ServiceClock(TimeSpan offset)
{
    internal DateTimeOffset Now => TimeProvider.System.GetUtcNow() + offset;

    /// <summary>Asks for a preview, which tells the instant it was made for.</summary>
    internal static async Task<ServiceClock> ReadAsync(V1.DecisionService.DecisionServiceClient decisions, CancellationToken stop)
    {
        var request = new V1.DecideNextActionRequest { CustomerId = "load-clock", ValidateOnly = true };
        V1.DecideNextActionResponse response = await decisions.DecideNextActionAsync(request, cancellationToken: stop);
        return new ServiceClock(response.Decision.DecideTime.ToDateTimeOffset() - TimeProvider.System.GetUtcNow());
    }
}
