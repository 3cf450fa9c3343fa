using Google.Protobuf.WellKnownTypes;

namespace WinBack.Cli.Budget;

/// <summary>A contact budget as two tables.</summary>
internal static class BudgetText
{
    internal static void Write(TextWriter text, V1.ContactBudget budget)
    {
        text.WriteLine($"customer {budget.CustomerId} as of {Shown(budget.AsOfTime)}, playbook {budget.PlaybookVersion}");
        text.WriteLine();
        text.WriteLine($"{"cap",-32} {"counts",-10} {"within",-12} {"used",4} {"held",4} {"limit",5} {"free",4}  next free");
        foreach (V1.CapBudget cap in budget.Caps)
            text.WriteLine(FormattableString.Invariant(
                $"{cap.Key,-32} {cap.Counts,-10} {Within(cap),-12} {cap.Used,4} {cap.Reserved,4} {cap.Limit,5} {cap.Free,4}  {Next(cap)}"));
        text.WriteLine();
        text.WriteLine($"{"channel",-16} {"consent",-10} {"may use",-8} {"address",-10} open");
        foreach (V1.ChannelBudget channel in budget.Channels)
        {
            string name = channel.Channel.ToString().ToLowerInvariant(), mayUse = channel.Permitted ? "yes" : "no";
            text.WriteLine($"{name,-16} {channel.Consent,-10} {mayUse,-8} {channel.Address,-10} {Open(channel)}");
        }
    }

    internal static void Write(TextWriter text, V1.BudgetReset reset)
    {
        text.WriteLine($"{Shown(reset.ResetTime)}  by {reset.Actor}: {reset.Reason}");
        foreach ((string key, int places) in reset.FreedPlaces) text.WriteLine(FormattableString.Invariant($"  {key}: {places} places"));
    }

    private static string Within(V1.CapBudget cap) =>
        cap.Period.Length > 0 ? "one " + cap.Period : FormattableString.Invariant($"{cap.Window.ToTimeSpan().TotalDays:0.##} d");

    private static string Next(V1.CapBudget cap) => cap.Free > 0 ? "now" : Shown(cap.NextFreeTime);

    private static string Open(V1.ChannelBudget channel) => channel switch
    {
        { SendWindow.Length: 0 } => "always",
        { Open: true } => $"now ({channel.SendWindow})",
        { NextOpenTime: null } => "never",
        _ => $"from {Shown(channel.NextOpenTime)} ({channel.SendWindow})",
    };

    private static string Shown(Timestamp? time) =>
        time is null ? "never" : FormattableString.Invariant($"{time.ToDateTime():yyyy-MM-dd'T'HH:mm:ss'Z'}");
}
