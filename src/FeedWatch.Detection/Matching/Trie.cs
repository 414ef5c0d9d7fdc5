namespace FeedWatch.Detection.Matching;

/// <summary>The patterns as a tree of folded bytes with Aho-Corasick's failure links. Node 0 is the root.</summary>
internal sealed class Trie
{
    private readonly List<int> firstChild = [0];
    private readonly List<int> nextSibling = [0];
    private readonly List<byte> labels = [0];
    private readonly List<int> ends = [-1];

    public int Count => firstChild.Count;

    /// <summary>Adds a pattern.</summary>
    /// <returns>The node it ends at.</returns>
    public int Add(ReadOnlySpan<byte> pattern)
    {
        var node = 0;
        foreach (var label in pattern)
            node = Child(node, label) is > 0 and var child ? child : NewChild(node, label);
        return node;
    }

    /// <summary>Lets a node stand for the end of a pattern with this number.</summary>
    public void MarkEnd(int node, int number) => ends[node] = number;

    /// <summary>The number of the pattern that ends at a node, or -1.</summary>
    public int End(int node) => ends[node];

    public byte Label(int node) => labels[node];

    /// <summary>The child of a node with a label, or 0.</summary>
    public int Child(int node, byte label)
    {
        var child = firstChild[node];
        while (child != 0 && labels[child] != label)
            child = nextSibling[child];
        return child;
    }

    public IEnumerable<int> Children(int node)
    {
        for (var child = firstChild[node]; child != 0; child = nextSibling[child])
            yield return child;
    }

    /// <summary>All nodes, parents before children, with the failure link of each.</summary>
    public (int[] Order, int[] Failure) Link()
    {
        var order = new int[Count];
        var failure = new int[Count];
        var tail = 1;
        for (var head = 0; head < tail; head++)
        {
            var node = order[head];
            for (var child = firstChild[node]; child != 0; child = nextSibling[child])
            {
                order[tail++] = child;
                var link = failure[node];
                while (link != 0 && Child(link, labels[child]) == 0)
                    link = failure[link];
                failure[child] = node == 0 ? 0 : Child(link, labels[child]);
            }
        }

        return (order, failure);
    }

    private int NewChild(int node, byte label)
    {
        firstChild.Add(0);
        nextSibling.Add(firstChild[node]);
        labels.Add(label);
        ends.Add(-1);
        return firstChild[node] = Count - 1;
    }
}
