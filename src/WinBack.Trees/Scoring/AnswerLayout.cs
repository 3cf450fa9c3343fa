using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Scoring;

/// <summary>The arrays of <see cref="AnswerScorer"/>: all questions in a row, then the way to every leaf as a pattern of answers.</summary>
internal sealed class AnswerLayout
{
    /// <summary>Answers of one tree fit 32 bits.</summary>
    public const int MaxLeaves = 32;

    /// <summary>What the row registers hold.</summary>
    public const int MaxColumns = 64;

    /// <summary>Questions are padded to whole registers, and so that 64 bits may be read from any tree's first answer on.</summary>
    private const int QuestionStep = 16;

    private AnswerLayout(TreeEnsemble ensemble, AnswerRow row, int laneStep)
    {
        Row = row;
        int trees = ensemble.Trees.Count;
        Lanes = RoundUp(ensemble.Trees.Select(tree => tree.LeafCount).DefaultIfEmpty(1).Max(), laneStep);
        FirstQuestion = new int[trees];
        int questions = RoundUp(ensemble.Trees.Sum(tree => tree.Nodes.Length), QuestionStep);
        Keys = new int[questions];
        Columns = new sbyte[questions];
        Asked = new int[trees * Lanes];
        Ways = Enumerable.Repeat(1, trees * Lanes).ToArray();
        LeafValues = new double[trees * Lanes];
        LeafNumbers = Enumerable.Range(0, trees * Lanes).Select(place => place % Lanes).ToArray();
    }

    public AnswerRow Row { get; }

    /// <summary>Places for leaves per tree.</summary>
    public int Lanes { get; }

    /// <summary>By tree: the place of its first question; its others follow in node order.</summary>
    public int[] FirstQuestion { get; }

    /// <summary>By question: answered "right" when the key of the row is above this.</summary>
    public int[] Keys { get; }

    /// <summary>By question: the column in the low six bits; negative when missing goes right.</summary>
    public sbyte[] Columns { get; }

    /// <summary>By tree and leaf: the questions on its way, a bit each.</summary>
    public int[] Asked { get; }

    /// <summary>By tree and leaf: the answers on its way, 1 is right. Places without a leaf hold a pattern that nothing matches.</summary>
    public int[] Ways { get; }

    /// <summary>By tree and leaf.</summary>
    public double[] LeafValues { get; }

    /// <summary>By tree and leaf.</summary>
    public int[] LeafNumbers { get; }

    /// <summary>Lays the ensemble out, or gives null when a tree or the row is too large.</summary>
    /// <param name="laneStep">Leaves compared at a time.</param>
    public static AnswerLayout? TryBuild(TreeEnsemble ensemble, int laneStep)
    {
        if (ensemble.Trees.Any(tree => tree.LeafCount > MaxLeaves) || AnswerRow.TryBuild(ensemble) is not { } row)
        {
            return null;
        }

        var layout = new AnswerLayout(ensemble, row, laneStep);
        int question = 0;
        for (int t = 0; t < ensemble.Trees.Count; t++)
        {
            layout.FirstQuestion[t] = question;
            layout.Add(ensemble.Trees[t], t);
            question += ensemble.Trees[t].Nodes.Length;
        }

        return layout;
    }

    private static int RoundUp(int count, int step) => (count + step - 1) / step * step;

    private void Add(Tree tree, int t)
    {
        for (int n = 0; n < tree.Nodes.Length; n++)
        {
            ref readonly var node = ref tree.Nodes[n];
            int column = Row.ColumnOf(tree, node);
            bool missingGoesRight = !node.HasSet && !node.MissingGoesLeft;

            // The row's key of a missing value is the smallest integer. Where missing goes right, one is taken from both
            // sides of the comparison: the smallest becomes the largest, all else keeps its order.
            Keys[FirstQuestion[t] + n] = QuestionKey.Of(node) - (missingGoesRight ? 1 : 0);
            Columns[FirstQuestion[t] + n] = (sbyte)(missingGoesRight ? column | sbyte.MinValue : column);
        }

        AddWays(tree, t * Lanes, tree.Nodes.Length == 0 ? ~0 : 0, asked: 0, way: 0);
    }

    private void AddWays(Tree tree, int place, int child, int asked, int way)
    {
        if (child < 0)
        {
            Asked[place + ~child] = asked;
            Ways[place + ~child] = way;
            LeafValues[place + ~child] = tree.LeafValues[~child];
            return;
        }

        int bit = 1 << child;
        AddWays(tree, place, tree.Nodes[child].Left, asked | bit, way);
        AddWays(tree, place, tree.Nodes[child].Right, asked | bit, way | bit);
    }
}
