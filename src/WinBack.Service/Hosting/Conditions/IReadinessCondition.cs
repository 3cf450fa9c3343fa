namespace WinBack.Service.Hosting.Conditions;

/// <summary>One thing that has to be so before this process is sent requests.</summary>
internal interface IReadinessCondition
{
    /// <summary>One of a few: the tag of <c>winback.readiness</c>.</summary>
    string Name { get; }

    /// <summary>What is missing, in words for the operator; null when it is as it should be.</summary>
    Task<string?> MissingAsync(CancellationToken stop);
}
