namespace WinBack.Service;

/// <summary>Log messages of the host; event ids 2000 to 2099.</summary>
internal static partial class ServiceLog
{
    [LoggerMessage(2000, LogLevel.Critical, "Ingest failed and cannot go on")]
    internal static partial void IngestFailed(this ILogger log, Exception e);

    [LoggerMessage(2001, LogLevel.Information, "Ready: roles {Roles}, gRPC {Grpc}, HTTP {Http}, clock {Now:u}")]
    internal static partial void Ready(this ILogger log, string roles, string grpc, string http, DateTimeOffset now);

    [LoggerMessage(2002, LogLevel.Error, "Call {Method} failed unexpectedly")]
    internal static partial void CallFailed(this ILogger log, string method, Exception e);

    /// <summary>Debug: callers are told, <see cref="IsNotReady"/> says it once, and an outage must not fill the log.</summary>
    [LoggerMessage(2003, LogLevel.Debug, "Call {Method}: Redis is away ({Message})")]
    internal static partial void StoreAway(this ILogger log, string method, string message);

    [LoggerMessage(2004, LogLevel.Warning, "Redis is away at start ({Message}); not ready until it is back")]
    internal static partial void StoreAwayAtStart(this ILogger log, string message);

    [LoggerMessage(2005, LogLevel.Information, "Ready to serve")]
    internal static partial void IsReady(this ILogger log);

    [LoggerMessage(2006, LogLevel.Warning, "Not ready: {Missing}")]
    internal static partial void IsNotReady(this ILogger log, string missing);

    [LoggerMessage(2020, LogLevel.Information, "Model {Model} {Version} is opened as {Alias}")]
    internal static partial void ModelOpened(this ILogger log, string model, string version, string alias);

    [LoggerMessage(2021, LogLevel.Error, "Model {Model} {Version} is refused as {Alias}, and what was served stays: {Problem}")]
    internal static partial void ModelRefused(this ILogger log, string model, string version, string alias, string problem);

    [LoggerMessage(2022, LogLevel.Information, "Models served: {Versions} (registry at revision {Revision})")]
    internal static partial void ModelsServed(this ILogger log, string versions, long revision);

    [LoggerMessage(2023, LogLevel.Error, "The {Subject} registry cannot be followed; what is served stays")]
    internal static partial void RegistryNotFollowed(this ILogger log, string subject, Exception e);

    [LoggerMessage(2024, LogLevel.Warning, "Redis is away at start ({Message}); the {Subject} of the settings serves until it is back")]
    internal static partial void RegistryAway(this ILogger log, string message, string subject);

    [LoggerMessage(2025, LogLevel.Error, "A scored request could not be looked at; further failures are not told")]
    internal static partial void ObservationFailed(this ILogger log, Exception e);

    [LoggerMessage(2026, LogLevel.Error, "The health of the models could not be reported")]
    internal static partial void ReportFailed(this ILogger log, Exception e);

    [LoggerMessage(2027, LogLevel.Warning, "Rollout of {Model} {Version} at {Percent} % is ended: {Detail}")]
    internal static partial void CanaryRolledBack(this ILogger log, string model, string version, int percent, string detail);

    [LoggerMessage(2028, LogLevel.Error, "What became of served predictions cannot be measured; the latest reading stays")]
    internal static partial void CalibrationNotMeasured(this ILogger log, Exception e);

    [LoggerMessage(2029, LogLevel.Warning, "Predictions of {Model} {Version} are not what became true: {Detail}")]
    internal static partial void CalibrationDrifts(this ILogger log, string model, string version, string detail);

    [LoggerMessage(2040, LogLevel.Information, "Playbook {Version} serves (registry at revision {Revision})")]
    internal static partial void PlaybookServed(this ILogger log, string version, long revision);

    [LoggerMessage(2060, LogLevel.Information, "Responses {Version} serve: {Returned} returns after {Sent} touches")]
    internal static partial void ResponsesServed(this ILogger log, string version, long sent, long returned);

    [LoggerMessage(2061, LogLevel.Error, "The counts of responses cannot be read; what is served stays")]
    internal static partial void ResponsesNotRead(this ILogger log, Exception e);

    [LoggerMessage(2041, LogLevel.Error, "Playbook {Version} is refused, and what was served stays: {Problem}")]
    internal static partial void PlaybookRefused(this ILogger log, string version, string problem);

    [LoggerMessage(2070, LogLevel.Information, "{Count} product updates are known")]
    internal static partial void UpdatesServed(this ILogger log, int count);

    [LoggerMessage(2071, LogLevel.Warning, "A record of the catalogue topic is passed over: {Problem}")]
    internal static partial void UpdateRefused(this ILogger log, string problem);

    [LoggerMessage(2072, LogLevel.Warning, "The catalogue topic cannot be read ({Problem}); the updates known so far serve")]
    internal static partial void CatalogueAway(this ILogger log, string problem);

    [LoggerMessage(2050, LogLevel.Information, "Experiments stand where the registry has them (revision {Revision})")]
    internal static partial void ExperimentsServed(this ILogger log, long revision);

    [LoggerMessage(2051, LogLevel.Warning, "Experiment {Experiment} is moved from {From} % to {To} %: {Reason}")]
    internal static partial void ExperimentMoved(this ILogger log, string experiment, int from, int to, string reason);

    [LoggerMessage(2052, LogLevel.Error, "Scarce capacities cannot be kept in order; units may stay out of use until their leases are settled")]
    internal static partial void CapacitiesNotKept(this ILogger log, Exception e);
}
