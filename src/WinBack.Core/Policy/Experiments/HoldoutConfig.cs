namespace WinBack.Core.Policy.Experiments;

/// <summary>The global holdout as given (rules E2): customers that get no marketing at all, so that its effect can be measured.</summary>
public sealed class HoldoutConfig
{
    /// <summary>Share of all customers, in percent. 0 to 50; default 0.</summary>
    public double Percent { get; set; }

    /// <summary>Chooses who is held out; another salt chooses others.</summary>
    public string Salt { get; set; } = "";
}
