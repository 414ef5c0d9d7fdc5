namespace FeedWatch.Detection.Scoring;

/// <summary>One logistic regression with a ridge penalty, by Newton's steps on one weight after the other.</summary>
internal sealed class Regression
{
    private const int MostRounds = 400;

    /// <summary>A round that moves no weight by more than this was the last.</summary>
    private const double Settled = 1e-4;

    /// <summary>The bias is free, but must not run away where all items are alike.</summary>
    private const double BiasPenalty = 1e-4;

    private readonly List<Column> columns = [];
    private readonly bool[] truth;
    private readonly double[] logits;

    /// <summary>Where a feature occurs, and how much of it.</summary>
    private sealed record Column(string Feature, double Ridge, Expectation Expected, List<(int Item, double Value)> Cells)
    {
        public double Weight { get; set; }
    }

    public Regression(IReadOnlyList<(IReadOnlyList<Feature> Features, bool Is)> items, Func<string, Expectation> expect, double penalty)
    {
        truth = [.. items.Select(item => item.Is)];
        logits = new double[truth.Length];
        columns.Add(new(Model.Bias, BiasPenalty, Expectation.Nothing, [.. Enumerable.Range(0, truth.Length).Select(item => (item, 1.0))]));
        var cells = items.SelectMany((item, index) => item.Features.Select(feature => (feature.Name, index, feature.Value)));
        foreach (var feature in cells.GroupBy(cell => cell.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
            columns.Add(new(feature.Key, penalty, expect(feature.Key), [.. feature.Select(cell => (cell.index, cell.Value))]));
    }

    /// <summary>The weights by feature; those that say nothing are left out.</summary>
    public IReadOnlyDictionary<string, double> Weights()
    {
        foreach (var column in columns)
            Move(column, column.Expected.Weight);
        for (var round = 0; round < MostRounds && columns.Max(Improve) > Settled; round++)
        {
        }

        return columns.Where(column => Math.Abs(column.Weight) >= 0.001).ToDictionary(column => column.Feature, column => column.Weight, StringComparer.Ordinal);
    }

    private double Improve(Column column)
    {
        double slope = 0, curve = 0;
        foreach (var (item, value) in column.Cells)
        {
            var probability = 1 / (1 + Math.Exp(-logits[item]));
            slope += value * ((truth[item] ? 1 : 0) - probability);
            curve += value * value * probability * (1 - probability);
        }

        var step = (slope - column.Ridge * (column.Weight - column.Expected.Weight)) / (curve + column.Ridge);
        return Move(column, column.Expected.Allow(column.Weight + Math.Clamp(step, -1, 1)));
    }

    private double Move(Column column, double weight)
    {
        var change = weight - column.Weight;
        foreach (var (item, value) in column.Cells)
            logits[item] += change * value;
        column.Weight = weight;
        return Math.Abs(change);
    }
}
