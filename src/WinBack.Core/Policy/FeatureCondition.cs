using System.Globalization;

namespace WinBack.Core.Policy;

/// <summary>A validated condition on one number.</summary>
/// <param name="Index">Place in the feature vector, or one of the two below.</param>
/// <param name="Op">One of &lt; &lt;= &gt; &gt;= == !=.</param>
public sealed record FeatureCondition(string Feature, int Index, string Op, double Value, bool PassesWhenMissing)
{
    /// <summary>Stands for the churn probability in place of a feature.</summary>
    public const int ChurnProbability = -1;

    /// <summary>Stands for the win-back probability in place of a feature.</summary>
    public const int WinBackProbability = -2;

    public bool Holds(double observed)
    {
        if (double.IsNaN(observed)) return PassesWhenMissing;
        return Op switch
        {
            "<" => observed < Value,
            "<=" => observed <= Value,
            ">" => observed > Value,
            ">=" => observed >= Value,
            "==" => observed == Value,
            "!=" => observed != Value,
            _ => throw new InvalidOperationException($"no operator '{Op}'"),
        };
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Feature} {Op} {Value}");
}
