namespace FeedWatch.Health;

/// <summary>The sign of life of a loop that goes on for as long as the process does. From its silence it is seen that the loop is stuck.</summary>
internal sealed class Heartbeat(TimeProvider time)
{
    /// <summary>How often it beats where somebody else beats for it.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private long last = time.GetTimestamp();

    /// <summary>Time since the last beat, by the counter that nobody sets.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Volatile.Read(ref last));

    public void Beat() => Volatile.Write(ref last, time.GetTimestamp());

    /// <summary>Beats while <paramref name="task"/> goes on: one that may rightly take any time, and that a new start would not hasten.</summary>
    public async Task<T> DuringAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            Beat();
            await Task.WhenAny(task, Task.Delay(Every, time));
        }

        return await task;
    }
}
