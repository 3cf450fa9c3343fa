namespace WinBack.Core.Experiments;

/// <summary>How far an experiment has come: what the registry adds to what the playbook says.</summary>
/// <param name="Experiment">Name and salt, "subject_line/s1": see <see cref="IdOf"/>.</param>
/// <param name="Percent">Of a gated experiment: the share of its customers that get the treatment. 0 to 100.</param>
public sealed record ExperimentStage(string Experiment, ExperimentStatus Status, int Percent)
{
    /// <summary>
    /// The same name with another salt is another experiment: other customers are in its variants, and nothing counted before
    /// belongs to it.
    /// </summary>
    public static string IdOf(string name, string salt) => $"{name}/{salt}";
}
