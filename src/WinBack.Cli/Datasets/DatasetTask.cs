namespace WinBack.Cli.Datasets;

/// <summary>What a model is to foresee.</summary>
internal enum DatasetTask
{
    /// <summary>Label 1: the customer does nothing within the horizon after the cut.</summary>
    Churn,

    /// <summary>Rows: customers who had lapsed at the cut. Label 1: active again within the horizon after it.</summary>
    WinBack,
}
