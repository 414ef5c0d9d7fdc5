using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FeedWatch.Health.Serving;

/// <summary>
/// <c>/health/live</c>: 503 where only a new start helps. <c>/health/ready</c>: 503 also while FeedWatch starts, ends, or waits for something.
/// Both say the same in JSON.
/// </summary>
/// <param name="vitals">Asked anew for each request.</param>
/// <param name="authorization">The header without which nothing is said; null where everybody may ask.</param>
internal sealed class HealthPages(Vitals vitals, string? authorization) : IHttpApplication<HttpContext>
{
    public const string Live = "/health/live";
    public const string Ready = "/health/ready";

    private readonly byte[]? key = authorization is null ? null : Hash(authorization);

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public Task ProcessRequestAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.CacheControl = "no-store";
        if (key is not null && !CryptographicOperations.FixedTimeEquals(key, Hash($"{request.Headers.Authorization}")))
        {
            response.Headers.WWWAuthenticate = "Basic realm=\"FeedWatch\", charset=\"UTF-8\"";
            response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            response.Headers.Allow = "GET, HEAD";
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }

        switch (request.Path.Value)
        {
            case Live:
                var alive = vitals.Examine();
                return SayAsync(context, alive, alive.IsLive);
            case Ready:
                var report = vitals.Examine();
                return SayAsync(context, report, report.IsReady);
            default:
                response.StatusCode = StatusCodes.Status404NotFound;
                response.ContentType = "text/plain; charset=utf-8";
                return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.WriteAsync($"There are {Live} and {Ready}.\n", context.RequestAborted);
        }
    }

    private static Task SayAsync(HttpContext context, HealthReport report, bool isWell)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(report, HealthJson.Default.HealthReport);
        context.Response.StatusCode = isWell ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    // Of one length, so that comparing them tells nothing.
    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
