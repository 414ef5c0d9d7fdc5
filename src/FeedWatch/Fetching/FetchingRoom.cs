using FeedWatch.Fetching.Guarding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FeedWatch.Fetching;

internal static class FetchingRoom
{
    public static IServiceCollection AddFetching(this IServiceCollection services)
    {
        services.AddOptions<FetchOptions>().BindConfiguration(FetchOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FetchOptions>, FetchOptionsValidator>();
        services.AddSingleton<IValidateOptions<FetchOptions>, FetchOptionsRules>();
        services.AddSingleton<AddressGuard>();
        services.AddSingleton(provider =>
        {
            var guard = provider.GetRequiredService<AddressGuard>();
            var names = new NameService(provider.GetRequiredService<TimeProvider>(), provider.GetService<ILogger<NameService>>());
            return GuardedHttp.Client(guard, OperatorProxy.From(provider.GetRequiredService<IOptions<FetchOptions>>().Value, guard), names.ResolveAsync);
        });
        services.AddSingleton(provider => new ServerClocks(provider.GetRequiredService<TimeProvider>(), provider.GetService<ILogger<ServerClocks>>()));
        services.AddSingleton<FeedFetcher>();
        return services;
    }
}
