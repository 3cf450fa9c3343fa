using Google.Protobuf.WellKnownTypes;
using WinBack.Core.Caps.Budgets;
using WinBack.Core.Events;
using WinBack.Core.Policy;

namespace WinBack.Service.Grpc.Budgets;

/// <summary>Contact budgets as the API has them.</summary>
internal static class BudgetWire
{
    internal static V1.ContactBudget ToProto(ContactBudget budget, CustomerId customer, PlaybookModel playbook)
    {
        var message = new V1.ContactBudget
        {
            CustomerId = customer.Value, AsOfTime = budget.AsOf.ToTimestamp(), PlaybookVersion = playbook.Version,
        };
        message.Caps.AddRange(budget.Caps.Select(ToProto));
        message.Channels.AddRange(budget.Channels.Select(ToProto));
        return message;
    }

    internal static V1.BudgetReset ToProto(BudgetReset reset)
    {
        var message = new V1.BudgetReset
        {
            RequestId = reset.Request.ToString("D"), Actor = reset.By, Reason = reset.Reason, ResetTime = reset.Time.ToTimestamp(),
        };
        foreach ((string key, int places) in reset.Freed) message.FreedPlaces.Add(key, places);
        return message;
    }

    private static V1.CapBudget ToProto(CapBudget cap) => new()
    {
        Key = cap.Cap.Key,
        Name = cap.Name,
        Limit = cap.Cap.Limit,
        Window = cap.Cap.Window.ToDuration(),
        Period = cap.Cap.Period == CapPeriod.None ? "" : Names.Of(cap.Cap.Period),
        Counts = Names.Of(cap.Cap.Counts),
        Used = cap.Used,
        Reserved = cap.Reserved,
        Free = cap.Free,
        NextFreeTime = cap.NextFreeTime.ToTimestamp(),
    };

    private static V1.ChannelBudget ToProto(ChannelBudget channel) => new()
    {
        Channel = (V1.Channel)channel.Channel,
        Consent = Names.Of(channel.Consent),
        Permitted = channel.IsPermitted,
        Address = Names.Of(channel.Address),
        Open = channel.IsOpen,
        SendWindow = channel.Window,
        NextOpenTime = channel.NextOpenTime?.ToTimestamp(),
    };
}
