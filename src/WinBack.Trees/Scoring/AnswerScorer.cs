using System.Buffers;
using System.Runtime.CompilerServices;
using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Scoring;

/// <summary>The fastest scorer for single rows and trees of at most 32 leaves, with AVX-512 or AVX2.</summary>
/// <remarks>
/// <para>Step 1 answers every question of every tree, a register at a time: the row lies in registers, a permutation brings each
/// question its value, one comparison gives 16 (8) answers as bits. Asking all 19 questions of a tree costs less than
/// walking through 6 of them, because nothing waits for anything.</para>
/// <para>Step 2 finds the leaf of each tree: the only one on whose way all answers are as given, again 16 (8) leaves at a
/// time (the path matrix of Hummingbird's GEMM strategy, Nakandala et al. 2020, with bits in place of numbers).
/// QuickScorer's way (a mask of leaves for each false question, joined by AND) is under a patent application and not used.</para>
/// Leaf values are added in tree order, so the sum has the same bits as <see cref="ReferenceScorer"/>.
/// Limits: 32 leaves a tree, 64 columns. Safe for concurrent use.
/// </remarks>
internal sealed class AnswerScorer : RowScorer
{
    private const int StackAnswerBytes = 2048;

    private readonly AnswerLayout _layout;
    private readonly bool _isWide;

    private AnswerScorer(TreeEnsemble ensemble, AnswerLayout layout, bool isWide)
        : base(ensemble)
    {
        _layout = layout;
        _isWide = isWide;
    }

    public override ScoringPath Path => _isWide ? ScoringPath.Avx512 : ScoringPath.Avx2;

    /// <summary>With AVX2, trees of more than 24 leaves over more than 32 columns are faster by <see cref="FlatScorer"/>.</summary>
    public bool BeatsPortable => _isWide || _layout.Row.Width <= 32 || _layout.Lanes <= 24;

    /// <summary>Null when the processor lacks the instructions or the ensemble is too large.</summary>
    public static AnswerScorer? TryPrepare(TreeEnsemble ensemble, ScoringPath path)
    {
        bool isWide = path == ScoringPath.Avx512;
        if (isWide ? !Answers512.IsSupported : !Answers256.IsSupported)
        {
            return null;
        }

        var layout = AnswerLayout.TryBuild(ensemble, isWide ? Answers512.Lanes : Answers256.Lanes);
        return layout is null ? null : new AnswerScorer(ensemble, layout, isWide);
    }

    private protected override void LeafValues(ReadOnlySpan<float> features, Span<double> byTree) =>
        Find(features, _layout.LeafValues, byTree);

    private protected override void LeafNumbers(ReadOnlySpan<float> features, Span<int> byTree) =>
        Find(features, _layout.LeafNumbers, byTree);

    [SkipLocalsInit]
    private void Find<T>(ReadOnlySpan<float> features, T[] byLeaf, Span<T> byTree)
    {
        Span<int> keys = stackalloc int[AnswerLayout.MaxColumns];
        _layout.Row.Fill(features, keys);
        int bytes = (_layout.Keys.Length / 8) + sizeof(ulong);
        byte[]? rented = bytes <= StackAnswerBytes ? null : ArrayPool<byte>.Shared.Rent(bytes);
        Span<byte> answers = rented is null ? stackalloc byte[StackAnswerBytes] : rented;
        if (_isWide)
        {
            Answers512.Ask(_layout, keys, answers);
            Answers512.Find(_layout, answers, byLeaf, byTree);
        }
        else
        {
            Answers256.Ask(_layout, keys, answers);
            Answers256.Find(_layout, answers, byLeaf, byTree);
        }

        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
