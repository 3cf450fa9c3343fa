using WinBack.Trees.Training;

namespace WinBack.Trees.Uplift;

/// <summary>Draws rows with replacement.</summary>
internal static class Resampling
{
    /// <summary>Writes how often each of n rows comes up in n draws.</summary>
    public static void Draw(SeededSequence sequence, int[] counts)
    {
        Array.Clear(counts);
        for (int i = 0; i < counts.Length; i++)
        {
            counts[sequence.Next(counts.Length)]++;
        }
    }
}
