namespace NBomber.Contracts.Stats;

/// <param name="Created">UTC.</param>
public sealed record TestInfo(string SessionId, string TestSuite, string TestName, DateTime Created);
