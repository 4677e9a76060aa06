namespace MailAdmin.Interop.Pairwise;

/// <summary>The generator's own promises.</summary>
public sealed class PairwiseCoverTests
{
    private static readonly int[] Levels = [5, 4, 8, 3, 9, 4, 2, 2, 3, 3, 5];

    [Fact]
    public void Lets_every_two_values_meet()
    {
        var met = PairwiseCover.Find(Levels).SelectMany(PairwiseCover.PairsOf).ToHashSet();
        Assert.Equal(PairwiseCover.AllPairs(Levels).Order(Comparer), met.Order(Comparer));
    }

    [Fact]
    public void Needs_few_combinations()
    {
        // 72 are the least, as two features have 8 and 9 values; all of them would be 6,220,800.
        Assert.InRange(PairwiseCover.Find(Levels).Count, 72, 100);
    }

    [Fact]
    public void Chooses_no_impossible_combination_yet_all_possible_pairs()
    {
        // The first feature's value 0 forbids the second's values 1 and 2; the third has to differ from the first.
        static bool Possible(IReadOnlyList<int> row) =>
            !(row[0] == 0 && row[1] > 0) && (row[0] < 0 || row[0] != row[2]);
        var rows = PairwiseCover.Find([3, 3, 3], Possible);
        Assert.All(rows, row => Assert.True(Possible(row)));
        var possible = PairwiseCover.AllPairs([3, 3, 3]).Where(pair => pair is not
            ({ First: 0, FirstValue: 0, Second: 1, SecondValue: > 0 }
            or { First: 0, FirstValue: 0, Second: 2, SecondValue: 0 }
            or { First: 0, FirstValue: 1, Second: 2, SecondValue: 1 }
            or { First: 0, FirstValue: 2, Second: 2, SecondValue: 2 }));
        Assert.Equal(possible.Order(Comparer), rows.SelectMany(PairwiseCover.PairsOf).Distinct().Order(Comparer));
    }

    private static Comparer<Pair> Comparer { get; } = Comparer<Pair>.Create((x, y) =>
        (x.First, x.FirstValue, x.Second, x.SecondValue).CompareTo((y.First, y.FirstValue, y.Second, y.SecondValue)));
}
