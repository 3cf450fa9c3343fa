namespace WinBack.Trees.Scoring;

/// <summary>The ways to score single rows. All give the same bits; they differ in speed only.</summary>
public enum ScoringPath
{
    /// <summary>The fastest that this processor and this ensemble allow.</summary>
    Automatic = 0,

    /// <summary>Node by node, as <see cref="ReferenceScorer"/> does it. For any ensemble.</summary>
    Reference = 1,

    /// <summary>Eight trees at a time without branches, see <see cref="FlatScorer"/>. For any processor.</summary>
    Portable = 2,

    /// <summary>All answers first, eight at a time, see <see cref="AnswerScorer"/>.</summary>
    Avx2 = 3,

    /// <summary>All answers first, sixteen at a time, see <see cref="AnswerScorer"/>.</summary>
    Avx512 = 4,
}
