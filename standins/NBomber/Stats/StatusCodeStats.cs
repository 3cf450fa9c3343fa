namespace NBomber.Contracts.Stats;

/// <param name="Message">The first message seen with the code.</param>
/// <param name="Percent">Share of all iterations, rounded.</param>
public sealed record StatusCodeStats(string StatusCode, bool IsError, string Message, int Count, int Percent);
