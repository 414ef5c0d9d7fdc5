namespace FeedWatch.Incidents.Linking;

/// <summary>An incident while reports are linked: which one it is in the store, if it is there, and what its reports around the day at hand say.</summary>
/// <param name="number">In the order in which clusters were met; decides between equals.</param>
internal sealed class Cluster(int number)
{
    private readonly List<Clue> near = [];
    private Cluster? into;
    private int takedowns;

    public int Number => number;

    /// <summary>The stored incident; null for one that is new.</summary>
    public Guid? Incident { get; set; }

    /// <summary>Its first report.</summary>
    public DateTimeOffset Since { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>The report that opened it; null where that lies in the past.</summary>
    public Clue? Opening { get; set; }

    public NameRank Rank { get; private set; }

    /// <summary>Whether all names that lead to it have been counted.</summary>
    public bool IsRanked { get; set; }

    /// <summary>The one that it was merged into, else itself.</summary>
    public Cluster Final => into?.Final ?? this;

    /// <summary>Its reports around the day at hand.</summary>
    public IReadOnlyList<Clue> Near => near;

    public bool IsNear => near.Count > 0;

    public bool HasTakedown => takedowns > 0;

    public Tally Agencies { get; } = new();
    public Tally Countries { get; } = new();
    public Tally Figures { get; } = new();
    public Tally Names { get; } = new();
    public Tally Called { get; } = new();

    public void Add(Clue clue)
    {
        near.Add(clue);
        Count(clue, 1);
        if (clue.At < Since) Since = clue.At;
    }

    public void Remove(Clue clue)
    {
        var at = near.FindIndex(c => c.Article == clue.Article);
        if (at < 0) return;
        near.RemoveAt(at);
        Count(clue, -1);
    }

    public void Raise(NameRank rank)
    {
        if (rank > Rank) Rank = rank;
    }

    /// <summary>From here on it goes on as another one.</summary>
    public void MergeInto(Cluster other)
    {
        foreach (var clue in near) other.Add(clue);
        near.Clear();
        into = other;
        other.Raise(Rank);
        if (Since < other.Since) other.Since = Since;
        if (Opening is null || other.Opening?.CompareTo(Opening) > 0) other.Opening = Opening;
    }

    /// <summary>Whether it opened around that day.</summary>
    public bool IsFreshAt(DateTimeOffset at) => (Since - at).Duration() <= Likeness.Reach;

    /// <summary>How much a report is like the others of this cluster.</summary>
    public double LikenessOf(Clue clue)
    {
        var (others, apart, own) = (0, TimeSpan.MaxValue, false);
        foreach (var other in near)
        {
            if (other.Article == clue.Article)
            {
                own = true;
                continue;
            }

            others++;
            var between = (other.At - clue.At).Duration();
            if (between < apart) apart = between;
        }

        if (others == 0) return 0;
        if (own) Count(clue, -1);
        var score = Likeness.Of(clue.Marks, this, apart, IsFreshAt(clue.At));
        if (own) Count(clue, 1);
        return score;
    }

    /// <summary>Whether one of its reports says one of the names without saying what it is, where it gives the network no name or one that no other report gives.</summary>
    public bool MayBeCalled(IReadOnlyList<string> names) => names.Any(Names.Has) && near.Exists(c => (!c.Keys.IsNamed || c.Marks.Called.Count > 0) && c.Marks.Called.All(n => Called.CountOf(n) == 1) && c.Marks.Names.Any(names.Contains));

    private void Count(Clue clue, int by)
    {
        Agencies.Count(clue.Marks.Agencies, by);
        Countries.Count(clue.Marks.Countries, by);
        Figures.Count(clue.Marks.Figures, by);
        Names.Count(clue.Marks.Names, by);
        Called.Count(clue.Marks.Called, by);
        if (clue.Marks.IsTakedown) takedowns += by;
    }
}

/// <summary>How often each of some words was said.</summary>
internal sealed class Tally
{
    private Dictionary<string, int>? counts; // hundreds of incidents lie around a day, most with one report that says little

    public bool IsEmpty => counts is not { Count: > 0 };

    public bool Has(string word) => counts?.ContainsKey(word) ?? false;

    public int CountOf(string word) => counts?.GetValueOrDefault(word) ?? 0;

    public void Count(IReadOnlyList<string> words, int by)
    {
        if (words.Count == 0) return;
        counts ??= new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            var count = counts.GetValueOrDefault(word) + by;
            if (count == 0) counts.Remove(word);
            else counts[word] = count;
        }
    }
}

/// <summary>What kind of names lead to an incident.</summary>
internal enum NameRank
{
    /// <summary>None yet.</summary>
    Nameless,

    /// <summary>Some that are in no list.</summary>
    Unlisted,
    Listed,
}
