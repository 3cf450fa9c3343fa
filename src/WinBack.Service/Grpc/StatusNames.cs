using Grpc.Core;

namespace WinBack.Service.Grpc;

/// <summary>Names of statuses as gRPC writes them in every language: DEADLINE_EXCEEDED. They are tags of metrics and spans.</summary>
internal static class StatusNames
{
    private static readonly Dictionary<StatusCode, string> Names = Enum.GetValues<StatusCode>().ToDictionary(code => code, Write);

    internal static string Of(StatusCode code) => Names.GetValueOrDefault(code, "UNKNOWN");

    private static string Write(StatusCode code) => code == StatusCode.OK
        ? "OK"
        : string.Concat(code.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{c}" : char.ToUpperInvariant(c).ToString()));
}
