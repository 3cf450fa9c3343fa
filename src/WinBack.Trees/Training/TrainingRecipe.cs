namespace WinBack.Trees.Training;

/// <summary>How splits are valued and what the raw score means. Leaves are Newton steps in both.</summary>
public enum TrainingRecipe
{
    /// <summary>Gain G^2 / (H + L2), scores in log-odds, started from the base rate (XGBoost and LightGBM do this).</summary>
    Newton = 0,

    /// <summary>
    /// ML.NET FastTree's: gain G^2 / rows, no L2, started from 0, scores in units of 1 / (2 * rate) log-odds so that the
    /// link has slope 2 * rate. Rows with missing values are kept and their direction learned; FastTree drops them.
    /// </summary>
    FastTree = 1,
}
