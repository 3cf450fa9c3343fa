using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Scoring;

/// <summary>A derived 0/1 column that answers one categorical question, so that the walk itself needs no set look-ups.</summary>
internal sealed class SetColumn(SplitKind kind, int feature, bool missingGoesLeft, ValueSet set) : IEquatable<SetColumn>
{
    public SplitKind Kind { get; } = kind;

    public int Feature { get; } = feature;

    public bool MissingGoesLeft { get; } = missingGoesLeft;

    public ValueSet Set { get; } = set;

    /// <summary>Whether both ask the same question.</summary>
    public bool Equals(SetColumn? other) =>
        other is not null
        && Kind == other.Kind
        && (Kind == SplitKind.AnySlotPositive || (Feature == other.Feature && MissingGoesLeft == other.MissingGoesLeft))
        && (ReferenceEquals(Set, other.Set) || Set.Values.SequenceEqual(other.Set.Values));

    public override bool Equals(object? obj) => Equals(obj as SetColumn);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Kind);
        foreach (float value in Set.Values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <summary>0 sends the row left (the node's key is 0), 1 right.</summary>
    public int Key(ReadOnlySpan<float> features)
    {
        if (Kind == SplitKind.AnySlotPositive)
        {
            foreach (float slot in Set.Values)
            {
                if (features[(int)slot] > 0)
                {
                    return 1;
                }
            }

            return 0;
        }

        float x = features[Feature];
        bool goesLeft = float.IsNaN(x)
            ? MissingGoesLeft
            : Kind == SplitKind.CategoryIn ? Set.ContainsCategory(x) : Set.Contains(x);
        return goesLeft ? 0 : 1;
    }
}
