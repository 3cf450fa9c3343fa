namespace WinBack.Trees.Ensemble;

/// <summary>The question a node asks of one row. Every kind sends a row left or right, nothing else.</summary>
public enum SplitKind : byte
{
    /// <summary>Left when <c>x &lt;= threshold</c>, compared as float (ML.NET, LightGBM, ONNX BRANCH_LEQ, ours).</summary>
    LessOrEqual = 0,

    /// <summary>Left when <c>x &lt; threshold</c>, compared as float (XGBoost, ONNX BRANCH_LT).</summary>
    LessThan = 1,

    /// <summary>Left when the value, cut to an integer, is in the node's set. Negative and very large values are in no set.</summary>
    CategoryIn = 2,

    /// <summary>Left when the value equals a member of the node's set exactly (ONNX BRANCH_MEMBER, BRANCH_EQ).</summary>
    ValueIn = 3,

    /// <summary>
    /// The node's set holds feature indices (one-hot slots): right when any of them is above zero, else left, NaN counting
    /// as not above zero (ML.NET categorical splits). <see cref="TreeNode.Feature"/> is not read.
    /// </summary>
    AnySlotPositive = 4,
}
