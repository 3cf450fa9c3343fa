using System.Text;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Service.Grpc.Errors;

namespace WinBack.Service.Grpc;

/// <summary>Reads request fields; collects everything that is wrong, and throws it at once.</summary>
internal sealed class RequestChecks
{
    private const int MaxCustomerIdBytes = 64;
    private const int MaxEchoed = 64;
    private const int MaxViolations = 20;
    private readonly List<(string Field, string Description)> _violations = [];

    internal CustomerId Customer(string value)
    {
        if (value.Length == 0) Fail("customer_id", $"is missing; give 1 to {MaxCustomerIdBytes} bytes");
        else if (Encoding.UTF8.GetByteCount(value) is var bytes && bytes > MaxCustomerIdBytes)
            Fail("customer_id", $"has {bytes} bytes; at most {MaxCustomerIdBytes} are allowed");
        return new CustomerId(value);
    }

    /// <returns>Null when the value is empty and that is allowed.</returns>
    internal Guid? RequestId(string value, bool isRequired)
    {
        if (value.Length == 0)
        {
            if (isRequired) Fail("request_id", "is missing; give a new UUID for every new request, and the same one in a retry");
            return null;
        }

        if (Guid.TryParseExact(value, "D", out Guid id) && id != Guid.Empty) return id;
        Fail("request_id", $"'{Short(value)}' is no UUID; give one as 8-4-4-4-12 hex digits, not all zero");
        return null;
    }

    internal DecisionId Decision(string value)
    {
        if (DecisionId.TryParse(value, out DecisionId id)) return id;
        string problem = value.Length == 0 ? "is missing" : $"'{Short(value)}' is no decision id";
        Fail("decision_id", problem + "; give the one that DecideNextAction answered");
        return default;
    }

    internal IReadOnlyList<Channel> Channels(IEnumerable<V1.Channel> values)
    {
        var channels = new List<Channel>();
        foreach (V1.Channel value in values)
        {
            if (value == V1.Channel.Unspecified || !Enum.IsDefined(value))
                Fail("channels", $"{(int)value} is no channel; leave the list empty for all");
            else if (!channels.Contains((Channel)value)) channels.Add((Channel)value);
        }

        return channels;
    }

    /// <summary>One of two fields that stand for each other.</summary>
    internal void ExactlyOne(string field, string value, string otherField, string otherValue)
    {
        if (value.Length == 0 && otherValue.Length == 0) Fail(field, $"is missing; give it or {otherField}");
        if (value.Length > 0 && otherValue.Length > 0) Fail(field, $"and {otherField} are both set; give one of them");
    }

    internal void View(V1.DecisionView value)
    {
        if (!Enum.IsDefined(value)) Fail("view", $"{(int)value} is no view; use DECISION_VIEW_BASIC or DECISION_VIEW_FULL");
    }

    internal void View(V1.CustomerView value)
    {
        if (!Enum.IsDefined(value)) Fail("view", $"{(int)value} is no view; use CUSTOMER_VIEW_BASIC or CUSTOMER_VIEW_FULL");
    }

    internal void ThrowIfWrong()
    {
        if (_violations.Count > 0) throw RpcErrors.InvalidArgument([.. _violations]);
    }

    /// <summary>Bounded: errors travel in headers, and those of a hostile request must not outgrow them.</summary>
    internal void Fail(string field, string description)
    {
        if (_violations.Count < MaxViolations && !_violations.Contains((field, description))) _violations.Add((field, description));
    }

    private static string Short(string value) => value.Length <= MaxEchoed ? value : value[..MaxEchoed] + "...";
}
