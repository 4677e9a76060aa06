namespace MailAdmin.Interop.Pairwise;

/// <summary>
/// Chooses few combinations of several features' values in which every two values of two features meet at least once.
/// Greedy: each combination starts with a pair that has not met, then takes for each further feature the value that
/// makes most pairs meet. The same input gives the same combinations.
/// </summary>
public static class PairwiseCover
{
    /// <summary>Finds the combinations.</summary>
    /// <param name="levels">How many values each feature has.</param>
    /// <param name="possible">
    /// Whether a combination makes sense; -1 stands for a feature that is not chosen yet. A pair that no combination
    /// can hold is left out.
    /// </param>
    public static IReadOnlyList<int[]> Find(IReadOnlyList<int> levels, Func<IReadOnlyList<int>, bool>? possible = null)
    {
        possible ??= _ => true;
        var open = new HashSet<Pair>(AllPairs(levels));
        var rows = new List<int[]>();
        foreach (var pair in AllPairs(levels))
        {
            if (open.Contains(pair) && Complete(Start(levels.Count, pair), levels, open, possible) is { } row)
            {
                rows.Add(row);
                open.ExceptWith(PairsOf(row));
            }
        }

        return rows;
    }

    /// <summary>All pairs of values that a combination holds.</summary>
    internal static IEnumerable<Pair> PairsOf(IReadOnlyList<int> row) =>
        from first in Enumerable.Range(0, row.Count)
        from second in Enumerable.Range(first + 1, row.Count - first - 1)
        where row[first] >= 0 && row[second] >= 0
        select new Pair(first, row[first], second, row[second]);

    internal static IEnumerable<Pair> AllPairs(IReadOnlyList<int> levels) =>
        from first in Enumerable.Range(0, levels.Count)
        from second in Enumerable.Range(first + 1, levels.Count - first - 1)
        from firstValue in Enumerable.Range(0, levels[first])
        from secondValue in Enumerable.Range(0, levels[second])
        select new Pair(first, firstValue, second, secondValue);

    private static int[] Start(int features, Pair pair)
    {
        var row = new int[features];
        Array.Fill(row, -1);
        row[pair.First] = pair.FirstValue;
        row[pair.Second] = pair.SecondValue;
        return row;
    }

    // Goes back when the values chosen so far leave none for a feature.
    private static int[]? Complete(
        int[] row,
        IReadOnlyList<int> levels,
        HashSet<Pair> open,
        Func<IReadOnlyList<int>, bool> possible)
    {
        if (!possible(row))
        {
            return null;
        }

        var feature = Array.IndexOf(row, -1);
        return feature < 0
            ? row
            : Enumerable.Range(0, levels[feature])
                .Select(value => With(row, feature, value))
                .OrderByDescending(candidate => PairsOf(candidate).Count(open.Contains))
                .Select(candidate => Complete(candidate, levels, open, possible))
                .FirstOrDefault(complete => complete is not null);
    }

    private static int[] With(int[] row, int feature, int value)
    {
        var candidate = (int[])row.Clone();
        candidate[feature] = value;
        return candidate;
    }
}
