using System.Globalization;
using FeedWatch.Health;
using FeedWatch.Storage.Postgres;
using FeedWatch.Storage.Sqlite;
using FeedWatch.Storage.Upkeep;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FeedWatch.Storage;

internal static partial class StorageRoom
{
    /// <summary>Bytes. With less, the next poll that finds something can hardly be written down.</summary>
    private const long LeastFree = 1024 * 1024;

    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageLimitsValidator>();
        services.AddSingleton(provider => DataFolder.Open(provider.GetRequiredService<IOptions<StorageOptions>>().Value.DataFolder));
        services.AddSingleton<RecordKeeping>();
        services.AddSingleton(Open);
        services.AddReadyCheck<DataFolder, Database>("database", Look);
        return services;
    }

    /// <summary>For a look beside a running service: nothing is written. Null where there is no database yet.</summary>
    /// <exception cref="StorageException">It cannot be used, or is not of this version.</exception>
    public static Database? OpenReadOnly(StorageOptions options) => options.Provider is StorageProvider.Postgres
        ? PostgresDatabase.OpenBeside(options.EffectiveConnectionString())
        : SqliteDatabase.OpenReadOnly(options.DataFolder);

    /// <summary>For a small change beside a running service. Null where there is no database yet.</summary>
    /// <exception cref="StorageException">It cannot be used, or is not of this version.</exception>
    public static Database? OpenBeside(StorageOptions options) => options.Provider is StorageProvider.Postgres
        ? PostgresDatabase.OpenBeside(options.EffectiveConnectionString())
        : SqliteDatabase.OpenBeside(options.DataFolder);

    /// <summary>Also the disk that is full and does not show it yet, since nothing was to be written.</summary>
    private static Trouble? Look(DataFolder folder, Database database)
    {
        if (database.Keeping.Fault is { } fault) return new Trouble($"nothing can be written to {fault.Place} ({fault.Why})", fault.Remedy) { Since = fault.Since };
        return !database.IsShared && folder.FreeBytes is { } free and < LeastFree
            ? new Trouble(string.Create(CultureInfo.InvariantCulture, $"the disk of {folder.Path} is full but for {free} bytes"), "Free space on it.")
            : null;
    }

    private static Database Open(IServiceProvider services)
    {
        var (options, folder, keeping) = (services.GetRequiredService<IOptions<StorageOptions>>().Value, services.GetRequiredService<DataFolder>(), services.GetRequiredService<RecordKeeping>());
        if (options.Provider is StorageProvider.Postgres) return PostgresDatabase.Open(options.EffectiveConnectionString(), keeping);
        var database = SqliteDatabase.Open(folder, keeping);
        var (logger, place) = (services.GetRequiredService<ILogger<SqliteDatabase>>(), database.Place);
        if (database.Before is { } before) Log.Upgraded(logger, place, before);
        return database;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 120, Level = LogLevel.Information, Message = "{Place} was of an older FeedWatch and is up to date now; {Before} is how it was.")]
        public static partial void Upgraded(ILogger logger, string place, string before);
    }
}
