namespace WinBack.Core.Policy;

/// <summary>Send windows as given (rules C4).</summary>
public sealed class SendWindowsConfig
{
    /// <summary>
    /// IANA names. A customer whose zone is unknown is written to only while the window is open in all of these: one zone
    /// is an assumption, several are those the customers may live in. At least one when there are windows.
    /// </summary>
    public List<string> ZonesWhenUnknown { get; set; } = [];

    /// <summary>
    /// refuse or allow: whether a touch that was decided on while the window was open may be confirmed after it has closed.
    /// Default refuse.
    /// </summary>
    public string LateConfirm { get; set; } = "refuse";

    /// <summary>Channels without a window are always open; several windows of a channel add up.</summary>
    public List<SendWindowConfig> Windows { get; set; } = [];
}
