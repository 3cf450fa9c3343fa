namespace WinBack.Core.Policy;

/// <summary>One time of the week in which a channel may be used, by the customer's clock; what lies outside is quiet.</summary>
public sealed class SendWindowConfig
{
    /// <summary>email, sms, push, call, direct_message, print, advertisement or in_app.</summary>
    public string Channel { get; set; } = "";

    /// <summary>monday to sunday; empty for all. A window that passes midnight belongs to the day on which it begins.</summary>
    public List<string> Days { get; set; } = [];

    /// <summary>"08:00"; the first minute. Default 00:00.</summary>
    public string From { get; set; } = "00:00";

    /// <summary>"20:00"; the first minute that is quiet again. At or before <see cref="From"/> it is that of the next day. Default 24:00.</summary>
    public string To { get; set; } = "24:00";
}
