using FeedWatch.Detection.Matching;

namespace FeedWatch.Detection.Reading;

/// <summary>Places told in one breath: "in the Netherlands, Belgium and Poland".</summary>
internal static class Rows
{
    /// <summary>The hits in their order, those together of which each goes on with the next.</summary>
    public static IEnumerable<List<Hit>> Of(List<Hit> hits, Func<Hit, Hit, bool> goesOn)
    {
        for (var i = 0; i < hits.Count; i++)
        {
            var row = new List<Hit> { hits[i] };
            while (i + 1 < hits.Count && goesOn(hits[i], hits[i + 1]))
                row.Add(hits[++i]);
            yield return row;
        }
    }
}
