using FeedWatch.Storage.Postgres;
using FeedWatch.Storage.Sqlite;
using FeedWatch.Storage.Upkeep;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FeedWatch.Storage;

internal static class StorageRoom
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageLimitsValidator>();
        services.AddSingleton(provider => DataFolder.Open(provider.GetRequiredService<IOptions<StorageOptions>>().Value.DataFolder));
        services.AddSingleton<RecordKeeping>();
        services.AddSingleton(Open);
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

    private static Database Open(IServiceProvider services)
    {
        var (options, folder, keeping) = (services.GetRequiredService<IOptions<StorageOptions>>().Value, services.GetRequiredService<DataFolder>(), services.GetRequiredService<RecordKeeping>());
        return options.Provider is StorageProvider.Postgres ? PostgresDatabase.Open(options.EffectiveConnectionString(), keeping) : SqliteDatabase.Open(folder, keeping);
    }
}
