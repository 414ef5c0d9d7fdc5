using FeedWatch.Chat.Storing;
using FeedWatch.Contracts;
using FeedWatch.Storage;
using FeedWatch.Storage.Sqlite;
using FeedWatch.Tests.Testing;

namespace FeedWatch.Tests.Storage;

/// <summary>Databases of every schema that ever landed, brought up to date by this version.</summary>
public sealed class LandedSchemaTests : IDisposable
{
    private static readonly Uri Elsewhere = new("http://127.0.0.1:9/rss");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-landed-");

    public static TheoryData<string> Schemas => new(LandedData.Schemas);

    private string Database => Path.Combine(folder.FullName, SqliteDatabase.FileName);

    private string Chat => Path.Combine(folder.FullName, LedgerFile.Name);

    public void Dispose()
    {
        if (folder.Exists) folder.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task What_was_told_stays_told_and_what_waited_is_told_once(string schema)
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(LandedData.Items));
        LandedData.Make(folder.FullName, schema, feeds.At("/rss"));

        await using var watch = await Watch.InAsync(folder, [feeds.At("/rss")], ("Chat:Channels:0:Name", "desk"));
        await watch.PollAsync();
        await watch.RestartAsync();
        await watch.PollAsync();

        Assert.Equal(["ANOM", "Sky ECC"], watch.Alerts.Select(a => Assert.IsType<IncidentDetected>(a)).Select(a => a.Networks[0].Name).Order());
        Assert.Equal(3L, LandedData.Ask(Database, "select count(*) from incidents"));
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void The_files_as_they_were_lie_beside_the_new_ones(string schema)
    {
        LandedData.Make(folder.FullName, schema, Elsewhere);
        var (database, ledger) = (Rows(Database), LandedData.Ask(Chat, "pragma user_version"));
        File.WriteAllText(Database + ".before-0.0.1", "of an earlier upgrade");

        var (before, chatBefore) = (Open(), OpenChat());

        Assert.Equal(schema == LandedData.Schemas[^1] ? null : Copies(Database).Single(), before);
        Assert.Equal(Equals(ledger, LandedData.Ask(Chat, "pragma user_version")) ? null : Copies(Chat).Single(), chatBefore);
        if (before is not null) Assert.Equal((schema, database), (LandedData.SchemaOf(before), Rows(before)));
        if (chatBefore is not null) Assert.Equal(ledger, LandedData.Ask(chatBefore, "pragma user_version"));
        Assert.Equal((LandedData.Schemas[^1], null, null), (LandedData.SchemaOf(Database), Open(), OpenChat()));
    }

    [Fact]
    public void Incidents_know_when_they_were_written_about_before_that_counted()
    {
        LandedData.Make(folder.FullName, "0018", Elsewhere);

        Open();

        Assert.Equal(LandedData.Ask(Database, "select count(*) from incident_articles"), LandedData.Ask(Database, "select sum(reports) from incident_marks where mark like 'q:%'"));
        Assert.Equal(0L, LandedData.Ask(Database, "select count(*) from incident_marks where mark like 'l:%'"));
    }

    [Fact]
    public void The_newest_schema_has_files_of_its_own()
    {
        Assert.Equal(LandedData.Schemas[^1], LandedData.Written[^1]);
    }

    [Fact]
    public void Without_room_for_the_copy_nothing_is_changed_and_it_is_said_how_much_is_missing()
    {
        using var disk = SmallDisk.Mount(2);
        LandedData.Make(disk.Path, LandedData.Schemas[0], Elsewhere);
        var file = Path.Combine(disk.Path, SqliteDatabase.FileName);
        var asItWas = File.ReadAllBytes(file);
        disk.Fill();

        var refused = Assert.Throws<StorageException>(() => Open(disk.Path));
        var ledger = Assert.Throws<LedgerUnavailableException>(() => LedgerFile.Open(disk.Path));

        Assert.StartsWith($"{file} is of an older FeedWatch and was not brought up to date: the copy that is made before that, {file}.before-", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("Free 1 MB on its disk, then start again.", refused.Message, StringComparison.Ordinal);
        Assert.Contains("chat.db is of an older FeedWatch and was not brought up to date", ledger.Message, StringComparison.Ordinal);
        Assert.Equal(asItWas, File.ReadAllBytes(file));
        Assert.Empty(Directory.GetFiles(disk.Path, "*.before-*"));
    }

    [Fact]
    public void A_script_that_fails_takes_those_before_it_back()
    {
        LandedData.Make(folder.FullName, "0013", Elsewhere);
        LandedData.Do(Database, "create table requests (by_hand text)"); // 0015 makes it

        var refused = Assert.Throws<StorageException>(() => Open());

        Assert.Contains("could not be brought up to date at 0015-requests.sql", refused.Message, StringComparison.Ordinal);
        Assert.Contains("and was left as it was. It is not as FeedWatch made it", refused.Message, StringComparison.Ordinal);
        Assert.Equal(("0013", 0L), (LandedData.SchemaOf(Database), LandedData.Ask(Database, "select count(*) from sqlite_master where name = 'digests'")));
    }

    [Fact]
    public void A_script_that_was_run_and_not_written_down_is_named()
    {
        LandedData.Make(folder.FullName, LandedData.Schemas[^1], Elsewhere);
        LandedData.Do(Database, "delete from SchemaVersions where ScriptName like '0014%'");
        var rows = Rows(Database);

        var refused = Assert.Throws<StorageException>(() => Open());

        Assert.Contains("could not be brought up to date at 0014-digests.sql", refused.Message, StringComparison.Ordinal);
        Assert.Equal(rows, Rows(Database));
    }

    [Fact]
    public void A_file_that_was_left_between_two_scripts_is_carried_on_with()
    {
        LandedData.Make(folder.FullName, "0013", Elsewhere);
        LandedData.Run(Database, "0014-digests.sql");

        var before = Open();

        Assert.Equal(("0014", LandedData.Schemas[^1]), (LandedData.SchemaOf(before!), LandedData.SchemaOf(Database)));
    }

    [Fact]
    public void Whoever_goes_back_a_version_is_told_of_the_copy()
    {
        LandedData.Make(folder.FullName, "0013", Elsewhere);
        var before = Open();
        LandedData.Do(Database, "insert into SchemaVersions (ScriptName, Applied) values ('9999-from-the-future.sql', '2030-01-01')");

        var refused = Assert.Throws<StorageException>(() => Open());
        File.Delete(Database + "-wal");
        File.Delete(Database + "-shm");
        File.Move(before!, Database, overwrite: true);

        Assert.EndsWith($"Install that version again, or go back to {before}, made before the upgrade: move it to {Database} and delete {Database}-wal and {Database}-shm.", refused.Message, StringComparison.Ordinal);
        Assert.Equal("0013", LandedData.SchemaOf(Database));
        Assert.NotNull(Open());
    }

    private string? Open() => Open(folder.FullName);

    private static string? Open(string path)
    {
        using var data = DataFolder.Open(path);
        using var database = SqliteDatabase.Open(data);
        return database.Before;
    }

    private string? OpenChat()
    {
        using var ledger = LedgerFile.Open(folder.FullName);
        return ledger.Before;
    }

    private static string[] Copies(string path) => Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + ".before-*");

    private static string Rows(string database) => string.Join(' ', new[] { "feeds", "incidents", "incident_articles", "outbox" }.Select(t => $"{t} {LandedData.Ask(database, $"select count(*) from {t}")}"));
}
