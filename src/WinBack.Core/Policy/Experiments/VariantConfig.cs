using System.Text.Json.Serialization;

namespace WinBack.Core.Policy.Experiments;

/// <summary>A variant as given: its share, and what it changes. Maps go from the name of an action to what is new.</summary>
/// <remarks>Maps are left out of JSON because the hash of a playbook takes them sorted: their order means nothing.</remarks>
public sealed class VariantConfig
{
    /// <summary>The name of the variant that changes nothing.</summary>
    public const string Control = "control";

    /// <summary>Lower case letters, digits and underscores; unique in the experiment.</summary>
    public string Name { get; set; } = "";

    /// <summary>Of the experiment's customers, in percent; all shares make 100. Not asked in a gated experiment.</summary>
    public double Share { get; set; }

    /// <summary>Another content key, such as one with another subject line.</summary>
    [JsonIgnore]
    public Dictionary<string, string> Content { get; set; } = [];

    /// <summary>Another offer.</summary>
    [JsonIgnore]
    public Dictionary<string, OfferConfig> Offers { get; set; } = [];

    /// <summary>Another first day of the lapse.</summary>
    [JsonIgnore]
    public Dictionary<string, int> MinLapseDays { get; set; } = [];

    /// <summary>Actions that only variants which add them have.</summary>
    public List<string> Adds { get; set; } = [];

    /// <summary>Actions that are not sent.</summary>
    public List<string> Forbids { get; set; } = [];

    /// <summary>These channels are tried first, in this order; value decides within a channel and among the others.</summary>
    public List<string> ChannelOrder { get; set; } = [];

    /// <summary>A copy of another name, whose changes are the same.</summary>
    public VariantConfig Named(string name)
    {
        var copy = (VariantConfig)MemberwiseClone();
        copy.Name = name;
        return copy;
    }
}
