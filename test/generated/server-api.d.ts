export interface paths {
    "/api/admin/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who the caller is, and what a page must send with its orders */
        get: operations["SessionController_show"];
        put?: never;
        /** Sign a browser in with an API key: a cookie, for twelve hours */
        post: operations["SessionController_open"];
        /** Sign out */
        delete: operations["SessionController_close"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["HealthController_healthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["HealthController_everything"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["HealthController_ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this process has done, for Prometheus */
        get: operations["MetricsController_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs, the newest first */
        get: operations["JobsController_list"];
        put?: never;
        /** Create a job from uploaded photos or from pictures that are there already */
        post: operations["CreateController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/jobs/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One job with everything known of it */
        get: operations["JobsController_show"];
        put?: never;
        post?: never;
        /** Remove a job: its rows, its files, its runs. With dryRun it is only counted */
        delete: operations["JobsController_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/jobs/{jobId}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The finished advertisements and the text to post, as a ZIP archive */
        get: operations["JobsController_archive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/jobs/retry-failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send the failed variants that fit a filter back to work, with an outcome for each */
        post: operations["JobsController_retryMany"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/jobs/{jobId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send all failed variants of a job back to work */
        post: operations["JobsController_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/jobs/{jobId}/rerun": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do a job's own stages again; readers take the newest feed */
        post: operations["JobsController_rerun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/jobs/{jobId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End all work on a job; what is done stays done */
        post: operations["JobsController_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/photos/advice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What could be better about a photo, before anything is made of it; nothing is kept */
        post: operations["PhotosController_advice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/briefs/understand": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How a sentence or roles are understood and what is made of them; nothing is written */
        post: operations["BriefsController_understand"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/designs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The designs that a picture can be made in */
        get: operations["DesignsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/variants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Variants, the newest first */
        get: operations["VariantsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/variants/{variantId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a variant is now; its job has everything known of it */
        get: operations["VariantsController_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/variants/{variantId}/layers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the stages saw on the picture: masks, detections, places for the text */
        get: operations["VariantsController_layers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/variants/{variantId}/picture.jpg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The finished advertisement as it can be posted: JPEG, sRGB, under 8 MB */
        get: operations["VariantsController_jpeg"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/variants/{variantId}/select": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark the job's favourite, or take the mark away; nothing is done again */
        post: operations["VariantsController_select"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/variants/{variantId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a variant back to work, also with other words, idea, format, tone or place of the dish; earlier results are kept */
        post: operations["VariantsController_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/variants/{variantId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the work on a variant; what it has already written stays */
        post: operations["VariantsController_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/jobs/{jobId}/post": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Put another text to post in the place of the one there is; nothing is made again */
        put: operations["WordsController_post"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/jobs/{jobId}/brief": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Have a job say something else; pictures that say something else because of it are made again, the post is written anew */
        put: operations["WordsController_brief"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/jobs/{jobId}/photo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Give a job another photo; all of its pictures are made again, with the words that they have */
        put: operations["WordsController_photo"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/intake": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events on their way: how many, the oldest, dead letters, what is paused */
        get: operations["IntakeController_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/intake/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hold new work, of one tenant or of all; what was begun goes on */
        post: operations["IntakeController_pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/intake/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let exactly that go which was held */
        post: operations["IntakeController_resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/dead-letters/{outboxId}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a dead letter another round of attempts */
        post: operations["DeadLettersController_redeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Task queues: who polls them, what waits, what is at work */
        get: operations["QueuesController_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what, the newest first */
        get: operations["AuditController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/tones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tone styles a job can be made in */
        get: operations["TonesController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Changes of jobs and variants as they happen; after each "snapshot" event a client fetches anew */
        get: operations["EventsController_stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/brands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who the tenants are on pictures and in posts */
        get: operations["BrandsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/brands/{tenantId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A tenant’s brand, and how its colours look where they meet text */
        get: operations["BrandsController_show"];
        /** Say who a tenant is; its logo stays as it is */
        put: operations["BrandsController_set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/brands/{tenantId}/logo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Give a brand its logo: a PNG with transparency */
        put: operations["BrandsController_setLogo"];
        post?: never;
        /** Take a brand’s logo away */
        delete: operations["BrandsController_removeLogo"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a job from one photo (image, or image_base64) and a description */
        post: operations["NeighboursController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{jobId}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The finished advertisements with their text, or how far the job is */
        get: operations["NeighboursController_results"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assets/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file below the assets folder, also in parts (Range) */
        get: operations["AssetsController_send"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/thumbnails/{width}/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A picture below the assets folder, small, as WebP: /thumbnails/320/assets/… */
        get: operations["ThumbnailsController_send"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: never;
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    SessionController_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    SessionController_open: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    key: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    SessionController_close: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    HealthController_healthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    HealthController_everything: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    HealthController_ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    MetricsController_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    JobsController_list: {
        parameters: {
            query?: {
                status?: "queued" | "running" | "done" | "failed";
                /** @description current_step */
                stage?: string;
                tenantId?: string;
                /** @description failed, waiting past its bound, running without owner, not deliverable */
                needsAttention?: string;
                /** @description neither finished nor failed */
                underWay?: string;
                before?: string;
                after?: string;
                olderThan?: string;
                newerThan?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As the rows say now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            jobId: string;
                            tenantId: string | null;
                            shop: string | null;
                            description: string | null;
                            tone: string | null;
                            step: string | null;
                            status: string | null;
                            generation: number;
                            reason: string | null;
                            retryCount: number;
                            createdAt: string;
                            updatedAt: string | null;
                            attention: string[];
                            variants: {
                                variantId: string;
                                step: string | null;
                                status: string | null;
                                reason: string | null;
                                retryCount: number;
                                pictureUrl: string | null;
                                selected: boolean;
                                attention: string[];
                            }[];
                        }[];
                        /** @description the cursor of the following page */
                        next: string | null;
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    CreateController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Given again with the same key, the order is answered again, not carried out again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** @description may be left out with a key that belongs to a tenant */
                    tenantId?: string;
                    /** @description what the shop says, in a sentence; it is split into roles */
                    descKor?: string;
                    /** @description the same in roles, taken as they are given, as JSON */
                    brief?: {
                        dish?: string;
                        line?: string;
                        price?: string;
                        priceWas?: string;
                        offer?: string;
                        period?: string;
                        note?: string;
                        callToAction?: string;
                        shop?: string;
                        handle?: string;
                        place?: string;
                    };
                    /** @description what each picture leads with and says, one per picture, as JSON */
                    ideas?: {
                        /** @enum {string} */
                        kind: "dish" | "deal" | "moment";
                        texts: {
                            leadIn?: string;
                            headline: string;
                            line?: string;
                            price?: string;
                            priceWas?: string;
                            offer?: string;
                            period?: string;
                            note?: string;
                            callToAction?: string;
                            shop?: string;
                            handle?: string;
                            place?: string;
                        };
                        design?: string;
                        headlineScale?: number;
                    }[];
                    /** @description the text to post, as JSON */
                    post?: {
                        text: string;
                        hashtags: string;
                    };
                    storeName?: string;
                    /** @description the headline of every picture, as it is */
                    adCopyKor?: string;
                    adCopyEng?: string;
                    /** @description a tone style, by id, code or name */
                    toneStyle?: string;
                    variantsCount?: number;
                    /** @enum {string} */
                    imageGeneration?: "internal" | "external";
                    /** @enum {string} */
                    pictureFormat?: "square" | "portrait" | "tall" | "story";
                    /** @description where the dish is on the first photo, as JSON: {x, y} or {x, y, width, height} */
                    subjectHint?: {
                        x: number;
                        y: number;
                        width: number;
                        height: number;
                    } | {
                        x: number;
                        y: number;
                    };
                    /** @description pictures that are there already, instead of uploads */
                    pictureUrls?: string[] | string;
                    /** @description the photos, JPEG, PNG, WebP, HEIC or AVIF */
                    photos?: string[];
                };
                "application/json": {
                    /** @description may be left out with a key that belongs to a tenant */
                    tenantId?: string;
                    /** @description what the shop says, in a sentence; it is split into roles */
                    descKor?: string;
                    /** @description the same in roles, taken as they are given, as JSON */
                    brief?: {
                        dish?: string;
                        line?: string;
                        price?: string;
                        priceWas?: string;
                        offer?: string;
                        period?: string;
                        note?: string;
                        callToAction?: string;
                        shop?: string;
                        handle?: string;
                        place?: string;
                    };
                    /** @description what each picture leads with and says, one per picture, as JSON */
                    ideas?: {
                        /** @enum {string} */
                        kind: "dish" | "deal" | "moment";
                        texts: {
                            leadIn?: string;
                            headline: string;
                            line?: string;
                            price?: string;
                            priceWas?: string;
                            offer?: string;
                            period?: string;
                            note?: string;
                            callToAction?: string;
                            shop?: string;
                            handle?: string;
                            place?: string;
                        };
                        design?: string;
                        headlineScale?: number;
                    }[];
                    /** @description the text to post, as JSON */
                    post?: {
                        text: string;
                        hashtags: string;
                    };
                    storeName?: string;
                    /** @description the headline of every picture, as it is */
                    adCopyKor?: string;
                    adCopyEng?: string;
                    /** @description a tone style, by id, code or name */
                    toneStyle?: string;
                    variantsCount?: number;
                    /** @enum {string} */
                    imageGeneration?: "internal" | "external";
                    /** @enum {string} */
                    pictureFormat?: "square" | "portrait" | "tall" | "story";
                    /** @description where the dish is on the first photo, as JSON: {x, y} or {x, y, width, height} */
                    subjectHint?: {
                        x: number;
                        y: number;
                        width: number;
                        height: number;
                    } | {
                        x: number;
                        y: number;
                    };
                    /** @description pictures that are there already, instead of uploads */
                    pictureUrls?: string[] | string;
                };
            };
        };
        responses: {
            /** @description Done; the answer says the state observed afterwards. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "done" | "refused";
                        /** @description for people: what happened, or why not */
                        says: string;
                        jobId: string;
                        variantIds: string[];
                        observed: {
                            jobId: string;
                            tenantId: string | null;
                            step: string | null;
                            status: string | null;
                            /** @description as recorded; step is the published copy */
                            stage: string | null;
                            stageStatus: string | null;
                            generation: number;
                            reason: string | null;
                            isUnderWay: boolean;
                            /** @description waits for its English copy */
                            isResting: boolean;
                            variants: {
                                variantId: string;
                                jobId: string;
                                step: string | null;
                                status: string | null;
                                generation: number;
                                retryCount: number;
                                reason: string | null;
                                isSettled: boolean;
                                /** @description a run works on it, or the event that starts one is on its way */
                                isUnderWay: boolean;
                            }[];
                        };
                        brief: {
                            dish?: string;
                            line?: string;
                            price?: string;
                            priceWas?: string;
                            offer?: string;
                            period?: string;
                            note?: string;
                            callToAction?: string;
                            shop?: string;
                            handle?: string;
                            place?: string;
                        };
                        /** @description words of the sentence that no role took */
                        leftovers: {
                            text: string;
                            reason: string;
                        }[];
                        /** @description what each picture leads with and says */
                        ideas: {
                            /** @enum {string} */
                            kind: "dish" | "deal" | "moment";
                            texts: {
                                leadIn?: string;
                                headline: string;
                                line?: string;
                                price?: string;
                                priceWas?: string;
                                offer?: string;
                                period?: string;
                                note?: string;
                                callToAction?: string;
                                shop?: string;
                                handle?: string;
                                place?: string;
                            };
                            design?: string;
                            headlineScale?: number;
                        }[];
                        post: {
                            text: string;
                            hashtags: string;
                        };
                        /** @description what the owner should look at; nothing was changed */
                        warnings: {
                            /** @description the role, or the place on the picture */
                            role: string;
                            words: string;
                            /** @description what is the matter; noGlyph for signs that no face has */
                            code: string;
                            /** @description the article that restricts the words */
                            law?: string;
                        }[];
                        /** @description where each role is said */
                        coverage: {
                            /** @enum {string} */
                            role: "dish" | "line" | "price" | "priceWas" | "offer" | "period" | "note" | "callToAction" | "shop" | "handle" | "place";
                            /** @description on which pictures, 1 the first */
                            pictures: number[];
                            inPost: boolean;
                            /** @description why it is nowhere */
                            reason?: string;
                        }[];
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Somebody who may only read. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description There is no such row. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Refused; nothing was changed. Beside the message it has the fields of 200. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description The Idempotency-Key belongs to another order. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    JobsController_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As the rows say now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        jobId: string;
                        tenantId: string | null;
                        shop: string | null;
                        step: string | null;
                        status: string | null;
                        recorded: {
                            stage: string | null;
                            status: string | null;
                            generation: number;
                            closed: boolean;
                        };
                        imageGeneration: string | null;
                        /** @enum {string} */
                        pictureFormat: "square" | "portrait" | "tall" | "story";
                        retryCount: number;
                        reason: string | null;
                        createdAt: string;
                        updatedAt: string | null;
                        attention: string[];
                        inputs: {
                            descKor: string | null;
                            descEng: string | null;
                            tone: string | null;
                            photoUrl: string | null;
                        };
                        copy: {
                            stage: string;
                            korean: string | null;
                            english: string | null;
                            status: string | null;
                            createdAt: string;
                        }[];
                        feed: {
                            text: string;
                            hashtags: string;
                            createdAt: string;
                        } | null;
                        feeds: number;
                        brief: {
                            roles: {
                                dish?: string;
                                line?: string;
                                price?: string;
                                priceWas?: string;
                                offer?: string;
                                period?: string;
                                note?: string;
                                callToAction?: string;
                                shop?: string;
                                handle?: string;
                                place?: string;
                            };
                            sentence: string | null;
                            /** @description words of the sentence that no role took */
                            leftovers: {
                                text: string;
                                reason: string;
                            }[];
                        } | null;
                        /** @description what goes with the pictures, from the beginning on */
                        post: {
                            text: string;
                            hashtags: string;
                            /** @description by the owner; nothing of ours changes it */
                            edited: boolean;
                        } | null;
                        /** @description where each role is said */
                        coverage: {
                            /** @enum {string} */
                            role: "dish" | "line" | "price" | "priceWas" | "offer" | "period" | "note" | "callToAction" | "shop" | "handle" | "place";
                            /** @description on which pictures, 1 the first */
                            pictures: number[];
                            inPost: boolean;
                            /** @description why it is nowhere */
                            reason?: string;
                        }[];
                        variants: {
                            variantId: string;
                            ordinal: number;
                            step: string | null;
                            status: string | null;
                            selected: boolean | null;
                            generation: number;
                            door: string | null;
                            isRunOpen: boolean;
                            retryCount: number;
                            reason: string | null;
                            attention: string[];
                            pictures: {
                                original: string | null;
                                generated: string | null;
                                finished: string | null;
                            };
                            overlayText: string | null;
                            scores: {
                                ocr: {
                                    [key: string]: unknown;
                                } | null;
                                readability: {
                                    [key: string]: unknown;
                                } | null;
                                iou: {
                                    [key: string]: unknown;
                                } | null;
                                judge: {
                                    [key: string]: unknown;
                                } | null;
                            };
                            edited: {
                                generation: number;
                                text: string | null;
                                toneStyleId: string | null;
                                hint: {
                                    [key: string]: unknown;
                                } | null;
                            } | null;
                            idea: {
                                /** @enum {string} */
                                kind: "dish" | "deal" | "moment";
                                texts: {
                                    leadIn?: string;
                                    headline: string;
                                    line?: string;
                                    price?: string;
                                    priceWas?: string;
                                    offer?: string;
                                    period?: string;
                                    note?: string;
                                    callToAction?: string;
                                    shop?: string;
                                    handle?: string;
                                    place?: string;
                                };
                                design?: string;
                                headlineScale?: number;
                            } | null;
                            ideaEdited: boolean;
                            /** @description what was drawn, place by place */
                            elements: {
                                /** @enum {string} */
                                slot: "leadIn" | "headline" | "line" | "price" | "priceWas" | "offer" | "period" | "note" | "callToAction" | "shop" | "handle" | "place";
                                area: string;
                                lines: string[];
                                /** @description shares of the picture, 0 to 1 */
                                box: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                };
                                /** @description shares of the picture, 0 to 1 */
                                badge: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                } | null;
                                fontSize: number;
                                fontName: string;
                                colour: string;
                                contrastRatio: number;
                            }[];
                            /** @description what the picture could not hold */
                            leftOut: {
                                /** @enum {string} */
                                slot: "leadIn" | "headline" | "line" | "price" | "priceWas" | "offer" | "period" | "note" | "callToAction" | "shop" | "handle" | "place";
                                text: string;
                                reason: string;
                            }[];
                            design: string | null;
                            /** @enum {string} */
                            format: "square" | "portrait" | "tall" | "story";
                            attempts: {
                                stage: string;
                                generation: number;
                                /** @enum {string} */
                                state: "open" | "done" | "failed";
                                retries: number;
                                failures: number;
                                lost: number;
                                lastEnding: string | null;
                                outageSince: string | null;
                                reason: string | null;
                                openedAt: string;
                                updatedAt: string;
                            }[];
                            waits: {
                                evidence: string;
                                stage: string;
                                generation: number;
                                since: string;
                                settledAt: string | null;
                                outcome: string | null;
                            }[];
                            workflowId: string;
                            workflowUrl: string | null;
                        }[];
                        attempts: {
                            stage: string;
                            generation: number;
                            /** @enum {string} */
                            state: "open" | "done" | "failed";
                            retries: number;
                            failures: number;
                            lost: number;
                            lastEnding: string | null;
                            outageSince: string | null;
                            reason: string | null;
                            openedAt: string;
                            updatedAt: string;
                        }[];
                        waits: {
                            evidence: string;
                            stage: string;
                            generation: number;
                            since: string;
                            settledAt: string | null;
                            outcome: string | null;
                        }[];
                        timeline: {
                            at: string;
                            variantId: string | null;
                            what: string;
                            stage: string | null;
                            generation: number | null;
                            actor: string | null;
                            note: string | null;
                        }[];
                        workflowId: string;
                        workflowUrl: string | null;
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    JobsController_remove: {
        parameters: {
            query?: {
                force?: string;
                dryRun?: string;
            };
            header?: {
                /** @description Given again with the same key, the order is answered again, not carried out again. */
                "Idempotency-Key"?: string;
            };
            path: {
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer says the state observed afterwards. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "done" | "refused";
                        /** @description for people: what happened, or why not */
                        says: string;
                        jobId: string;
                        before: {
                            jobId: string;
                            tenantId: string | null;
                            step: string | null;
                            status: string | null;
                            /** @description as recorded; step is the published copy */
                            stage: string | null;
                            stageStatus: string | null;
                            generation: number;
                            reason: string | null;
                            isUnderWay: boolean;
                            /** @description waits for its English copy */
                            isResting: boolean;
                            variants: {
                                variantId: string;
                                jobId: string;
                                step: string | null;
                                status: string | null;
                                generation: number;
                                retryCount: number;
                                reason: string | null;
                                isSettled: boolean;
                                /** @description a run works on it, or the event that starts one is on its way */
                                isUnderWay: boolean;
                            }[];
                        } | null;
                        /** @description rows by table */
                        rows: {
                            [key: string]: number;
                        };
                        files: number;
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Somebody who may only read. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description There is no such row. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Refused; nothing was changed. Beside the message it has the fields of 200. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description The Idempotency-Key belongs to another order. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    JobsController_archive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
        };
    };
    JobsController_retryMany: {
        parameters: {
            query?: never;
            header?: {
                /** @description Given again with the same key, the order is answered again, not carried out again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    filter: {
                        tenantId?: string;
                        stage?: string;
                        jobIds?: string[];
                        variantIds?: string[];
                        reason?: string;
                        /** Format: date-time */
                        before?: string;
                        /** Format: date-time */
                        after?: string;
                        olderThan?: string;
                        newerThan?: string;
                    };
                    /** @enum {string} */
                    from?: "img_gen" | "vlm_analyze" | "yolo_detect" | "planner" | "overlay" | "vlm_judge" | "ocr_eval" | "readability_eval" | "iou_eval";
                    /** @default 100 */
                    limit?: number;
                    /** @description why, for the audit */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done; the answer says the state observed afterwards. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "done" | "refused";
                        /** @description for people: what happened, or why not */
                        says: string;
                        items: {
                            variantId: string;
                            /** @enum {string} */
                            outcome: "done" | "refused";
                            /** @description for people: what happened, or why not */
                            says: string;
                        }[];
                        left: number;
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Somebody who may only read. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description There is no such row. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Refused; nothing was changed. Beside the message it has the fields of 200. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description The Idempotency-Key belongs to another order. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    JobsController_retry: {
        parameters: {
            query?: never;
            header?: {
                /** @description Given again with the same key, the order is answered again, not carried out again. */
                "Idempotency-Key"?: string;
            };
            path: {
                jobId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description why, for the audit */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done; the answer says the state observed afterwards. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "done" | "refused";
                        /** @description for people: what happened, or why not */
                        says: string;
                        jobId: string;
                        before: {
                            jobId: string;
                            tenantId: string | null;
                            step: string | null;
                            status: string | null;
                            /** @description as recorded; step is the published copy */
                            stage: string | null;
                            stageStatus: string | null;
                            generation: number;
                            reason: string | null;
                            isUnderWay: boolean;
                            /** @description waits for its English copy */
                            isResting: boolean;
                            variants: {
                                variantId: string;
                                jobId: string;
                                step: string | null;
                                status: string | null;
                                generation: number;
                                retryCount: number;
                                reason: string | null;
                                isSettled: boolean;
                                /** @description a run works on it, or the event that starts one is on its way */
                                isUnderWay: boolean;
                            }[];
                        };
                        items: {
                            variantId: string;
                            /** @enum {string} */
                            outcome: "done" | "refused";
                            /** @description for people: what happened, or why not */
                            says: string;
                        }[];
                        observed: {
                            jobId: string;
                            tenantId: string | null;
                            step: string | null;
                            status: string | null;
                            /** @description as recorded; step is the published copy */
                            stage: string | null;
                            stageStatus: string | null;
                            generation: number;
                            reason: string | null;
                            isUnderWay: boolean;
                            /** @description waits for its English copy */
                            isResting: boolean;
                            variants: {
                                variantId: string;
                                jobId: string;
                                step: string | null;
                                status: string | null;
                                generation: number;
                                retryCount: number;
                                reason: string | null;
                                isSettled: boolean;
                                /** @description a run works on it, or the event that starts one is on its way */
                                isUnderWay: boolean;
                            }[];
                        };
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Somebody who may only read. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description There is no such row. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Refused; nothing was changed. Beside the message it has the fields of 200. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description The Idempotency-Key belongs to another order. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    JobsController_rerun: {
        parameters: {
            query?: never;
            header?: {
                /** @description Given again with the same key, the order is answered again, not carried out again. */
                "Idempotency-Key"?: string;
            };
            path: {
                jobId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @default ad_copy_gen_kor
                     * @enum {string}
                     */
                    from?: "ad_copy_gen_kor" | "instagram_feed_gen";
                    /** @description why, for the audit */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done; the answer says the state observed afterwards. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "done" | "refused";
                        /** @description for people: what happened, or why not */
                        says: string;
                        jobId: string;
                        before: {
                            jobId: string;
                            tenantId: string | null;
                            step: string | null;
                            status: string | null;
                            /** @description as recorded; step is the published copy */
                            stage: string | null;
                            stageStatus: string | null;
                            generation: number;
                            reason: string | null;
                            isUnderWay: boolean;
                            /** @description waits for its English copy */
                            isResting: boolean;
                            variants: {
                                variantId: string;
                                jobId: string;
                                step: string | null;
                                status: string | null;
                                generation: number;
                                retryCount: number;
                                reason: string | null;
                                isSettled: boolean;
                                /** @description a run works on it, or the event that starts one is on its way */
                                isUnderWay: boolean;
                            }[];
                        };
                        items: {
                            variantId: string;
                            /** @enum {string} */
                            outcome: "done" | "refused";
                            /** @description for people: what happened, or why not */
                            says: string;
                        }[];
                        observed: {
                            jobId: string;
                            tenantId: string | null;
                            step: string | null;
                            status: string | null;
                            /** @description as recorded; step is the published copy */
                            stage: string | null;
                            stageStatus: string | null;
                            generation: number;
                            reason: string | null;
                            isUnderWay: boolean;
                            /** @description waits for its English copy */
                            isResting: boolean;
                            variants: {
                                variantId: string;
                                jobId: string;
                                step: string | null;
                                status: string | null;
                                generation: number;
                                retryCount: number;
                                reason: string | null;
                                isSettled: boolean;
                                /** @description a run works on it, or the event that starts one is on its way */
                                isUnderWay: boolean;
                            }[];
                        };
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Somebody who may only read. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description There is no such row. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Refused; nothing was changed. Beside the message it has the fields of 200. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description The Idempotency-Key belongs to another order. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    JobsController_cancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description Given again with the same key, the order is answered again, not carried out again. */
                "Idempotency-Key"?: string;
            };
            path: {
                jobId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description why, for the audit */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done; the answer says the state observed afterwards. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "done" | "refused";
                        /** @description for people: what happened, or why not */
                        says: string;
                        jobId: string;
                        before: {
                            jobId: string;
                            tenantId: string | null;
                            step: string | null;
                            status: string | null;
                            /** @description as recorded; step is the published copy */
                            stage: string | null;
                            stageStatus: string | null;
                            generation: number;
                            reason: string | null;
                            isUnderWay: boolean;
                            /** @description waits for its English copy */
                            isResting: boolean;
                            variants: {
                                variantId: string;
                                jobId: string;
                                step: string | null;
                                status: string | null;
                                generation: number;
                                retryCount: number;
                                reason: string | null;
                                isSettled: boolean;
                                /** @description a run works on it, or the event that starts one is on its way */
                                isUnderWay: boolean;
                            }[];
                        };
                        items: {
                            variantId: string;
                            /** @enum {string} */
                            outcome: "done" | "refused";
                            /** @description for people: what happened, or why not */
                            says: string;
                        }[];
                        observed: {
                            jobId: string;
                            tenantId: string | null;
                            step: string | null;
                            status: string | null;
                            /** @description as recorded; step is the published copy */
                            stage: string | null;
                            stageStatus: string | null;
                            generation: number;
                            reason: string | null;
                            isUnderWay: boolean;
                            /** @description waits for its English copy */
                            isResting: boolean;
                            variants: {
                                variantId: string;
                                jobId: string;
                                step: string | null;
                                status: string | null;
                                generation: number;
                                retryCount: number;
                                reason: string | null;
                                isSettled: boolean;
                                /** @description a run works on it, or the event that starts one is on its way */
                                isUnderWay: boolean;
                            }[];
                        };
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Somebody who may only read. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description There is no such row. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Refused; nothing was changed. Beside the message it has the fields of 200. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description The Idempotency-Key belongs to another order. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    PhotosController_advice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description the photo, JPEG, PNG, WebP, HEIC or AVIF
                     */
                    photo?: string;
                };
            };
        };
        responses: {
            /** @description As the rows say now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description upright pixels */
                        width: number;
                        height: number;
                        /**
                         * @description by content
                         * @enum {string}
                         */
                        format: "jpeg" | "png" | "webp" | "heic" | "avif";
                        /** @description what could be better, the gravest first; none of it keeps an advertisement from being made */
                        advice: {
                            /** @enum {string} */
                            code: "small" | "small_dish" | "dark" | "bright" | "blurred" | "no_dish" | "dish_cut";
                            measured: number;
                            /** @description at least for small, small_dish, dark, no_dish and dish_cut; at most for the others */
                            limit: number;
                        }[];
                        /** @description null when nothing stands out from its ground */
                        dish: {
                            x: number;
                            y: number;
                            width: number;
                            height: number;
                        } | null;
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    BriefsController_understand: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description what the shop says; it is split into roles */
                    sentence?: string;
                    /** @description the same in roles, taken as they are given */
                    brief?: {
                        dish?: string;
                        line?: string;
                        price?: string;
                        priceWas?: string;
                        offer?: string;
                        period?: string;
                        note?: string;
                        callToAction?: string;
                        shop?: string;
                        handle?: string;
                        place?: string;
                    };
                    /** @description whose brand and last posts are taken into account */
                    tenantId?: string;
                    variantsCount?: number;
                    /** @description a tone style, by id, code or name */
                    toneStyle?: string;
                };
            };
        };
        responses: {
            /** @description As the rows say now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        brief: {
                            dish?: string;
                            line?: string;
                            price?: string;
                            priceWas?: string;
                            offer?: string;
                            period?: string;
                            note?: string;
                            callToAction?: string;
                            shop?: string;
                            handle?: string;
                            place?: string;
                        };
                        /** @description words of the sentence that no role took */
                        leftovers: {
                            text: string;
                            reason: string;
                        }[];
                        /** @description what each picture leads with and says */
                        ideas: {
                            /** @enum {string} */
                            kind: "dish" | "deal" | "moment";
                            texts: {
                                leadIn?: string;
                                headline: string;
                                line?: string;
                                price?: string;
                                priceWas?: string;
                                offer?: string;
                                period?: string;
                                note?: string;
                                callToAction?: string;
                                shop?: string;
                                handle?: string;
                                place?: string;
                            };
                            design?: string;
                            headlineScale?: number;
                        }[];
                        post: {
                            text: string;
                            hashtags: string;
                        };
                        /** @description what the owner should look at; nothing was changed */
                        warnings: {
                            /** @description the role, or the place on the picture */
                            role: string;
                            words: string;
                            /** @description what is the matter; noGlyph for signs that no face has */
                            code: string;
                            /** @description the article that restricts the words */
                            law?: string;
                        }[];
                        /** @description where each role is said */
                        coverage: {
                            /** @enum {string} */
                            role: "dish" | "line" | "price" | "priceWas" | "offer" | "period" | "note" | "callToAction" | "shop" | "handle" | "place";
                            /** @description on which pictures, 1 the first */
                            pictures: number[];
                            inPost: boolean;
                            /** @description why it is nowhere */
                            reason?: string;
                        }[];
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    DesignsController_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As the rows say now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            name: string;
                            /**
                             * @description shows the photo itself, or the dish cut out of it
                             * @enum {string}
                             */
                            kind: "photo" | "cutout";
                            /** @description ideas that it was made for */
                            suits: ("dish" | "deal" | "moment")[];
                            /** @description made for drinks, towers and photos held upright */
                            isForTall: boolean;
                        }[];
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    VariantsController_list: {
        parameters: {
            query?: {
                status?: "queued" | "running" | "done" | "failed";
                /** @description current_step */
                stage?: string;
                tenantId?: string;
                /** @description failed, waiting past its bound, running without owner, not deliverable */
                needsAttention?: string;
                /** @description neither finished nor failed */
                underWay?: string;
                before?: string;
                after?: string;
                olderThan?: string;
                newerThan?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As the rows say now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            variantId: string;
                            step: string | null;
                            status: string | null;
                            reason: string | null;
                            retryCount: number;
                            pictureUrl: string | null;
                            selected: boolean;
                            attention: string[];
                            jobId: string;
                            tenantId: string | null;
                            generation: number;
                            createdAt: string;
                            updatedAt: string | null;
                        }[];
                        /** @description the cursor of the following page */
                        next: string | null;
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    VariantsController_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                variantId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As the rows say now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        variantId: string;
                        jobId: string;
                        step: string | null;
                        status: string | null;
                        generation: number;
                        retryCount: number;
                        reason: string | null;
                        isSettled: boolean;
                        /** @description a run works on it, or the event that starts one is on its way */
                        isUnderWay: boolean;
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    VariantsController_layers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                variantId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As the rows say now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        variantId: string;
                        picture: {
                            url: string;
                            width: number | null;
                            height: number | null;
                        } | null;
                        /** @description 0 is the dish, 255 the background */
                        dishMaskUrl: string | null;
                        /** @description white where no text may be */
                        forbiddenMaskUrl: string | null;
                        detections: {
                            label: string | null;
                            score: number | null;
                            /** @description shares of the picture, 0 to 1 */
                            area: {
                                x: number;
                                y: number;
                                width: number;
                                height: number;
                            };
                        }[];
                        proposals: {
                            source: string | null;
                            score: number | null;
                            /** @description shares of the picture, 0 to 1 */
                            area: {
                                x: number;
                                y: number;
                                width: number;
                                height: number;
                            };
                        }[];
                        /** @description where the headline was drawn */
                        textBox: {
                            x: number;
                            y: number;
                            width: number;
                            height: number;
                        } | null;
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    VariantsController_jpeg: {
        parameters: {
            query?: {
                quality?: number;
            };
            header?: never;
            path: {
                variantId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
        };
    };
    VariantsController_select: {
        parameters: {
            query?: never;
            header?: {
                /** @description Given again with the same key, the order is answered again, not carried out again. */
                "Idempotency-Key"?: string;
            };
            path: {
                variantId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default true */
                    selected?: boolean;
                    /** @description why, for the audit */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done; the answer says the state observed afterwards. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "done" | "refused";
                        /** @description for people: what happened, or why not */
                        says: string;
                        variantId: string;
                        before: {
                            variantId: string;
                            jobId: string;
                            step: string | null;
                            status: string | null;
                            generation: number;
                            retryCount: number;
                            reason: string | null;
                            isSettled: boolean;
                            /** @description a run works on it, or the event that starts one is on its way */
                            isUnderWay: boolean;
                        };
                        observed: {
                            variantId: string;
                            jobId: string;
                            step: string | null;
                            status: string | null;
                            generation: number;
                            retryCount: number;
                            reason: string | null;
                            isSettled: boolean;
                            /** @description a run works on it, or the event that starts one is on its way */
                            isUnderWay: boolean;
                        };
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Somebody who may only read. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description There is no such row. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Refused; nothing was changed. Beside the message it has the fields of 200. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description The Idempotency-Key belongs to another order. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    VariantsController_retry: {
        parameters: {
            query?: never;
            header?: {
                /** @description Given again with the same key, the order is answered again, not carried out again. */
                "Idempotency-Key"?: string;
            };
            path: {
                variantId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description the stage to begin from; without it the one it failed at
                     * @enum {string}
                     */
                    from?: "img_gen" | "vlm_analyze" | "yolo_detect" | "planner" | "overlay" | "vlm_judge" | "ocr_eval" | "readability_eval" | "iou_eval";
                    /** @description another headline, from this retry on */
                    text?: string;
                    /** @description where the dish is on the photo, as shares of it; makes another picture */
                    hint?: {
                        x: number;
                        y: number;
                        width: number;
                        height: number;
                    } | {
                        x: number;
                        y: number;
                    };
                    /** @description what the picture leads with and says, whole, from this retry on */
                    idea?: {
                        /** @enum {string} */
                        kind: "dish" | "deal" | "moment";
                        texts: {
                            leadIn?: string;
                            headline: string;
                            line?: string;
                            price?: string;
                            priceWas?: string;
                            offer?: string;
                            period?: string;
                            note?: string;
                            callToAction?: string;
                            shop?: string;
                            handle?: string;
                            place?: string;
                        };
                        design?: string;
                        headlineScale?: number;
                    };
                    /**
                     * @description another shape; makes another picture
                     * @enum {string}
                     */
                    format?: "square" | "portrait" | "tall" | "story";
                    /** @description another tone style, by id, code or name; makes another picture */
                    tone?: string;
                    /** @description why, for the audit */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done; the answer says the state observed afterwards. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "done" | "refused";
                        /** @description for people: what happened, or why not */
                        says: string;
                        variantId: string;
                        before: {
                            variantId: string;
                            jobId: string;
                            step: string | null;
                            status: string | null;
                            generation: number;
                            retryCount: number;
                            reason: string | null;
                            isSettled: boolean;
                            /** @description a run works on it, or the event that starts one is on its way */
                            isUnderWay: boolean;
                        };
                        observed: {
                            variantId: string;
                            jobId: string;
                            step: string | null;
                            status: string | null;
                            generation: number;
                            retryCount: number;
                            reason: string | null;
                            isSettled: boolean;
                            /** @description a run works on it, or the event that starts one is on its way */
                            isUnderWay: boolean;
                        };
                        /** @description what the owner should look at; nothing was changed */
                        warnings: {
                            /** @description the role, or the place on the picture */
                            role: string;
                            words: string;
                            /** @description what is the matter; noGlyph for signs that no face has */
                            code: string;
                            /** @description the article that restricts the words */
                            law?: string;
                        }[];
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Somebody who may only read. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description There is no such row. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Refused; nothing was changed. Beside the message it has the fields of 200. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description The Idempotency-Key belongs to another order. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    VariantsController_cancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description Given again with the same key, the order is answered again, not carried out again. */
                "Idempotency-Key"?: string;
            };
            path: {
                variantId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description why, for the audit */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done; the answer says the state observed afterwards. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "done" | "refused";
                        /** @description for people: what happened, or why not */
                        says: string;
                        variantId: string;
                        before: {
                            variantId: string;
                            jobId: string;
                            step: string | null;
                            status: string | null;
                            generation: number;
                            retryCount: number;
                            reason: string | null;
                            isSettled: boolean;
                            /** @description a run works on it, or the event that starts one is on its way */
                            isUnderWay: boolean;
                        };
                        observed: {
                            variantId: string;
                            jobId: string;
                            step: string | null;
                            status: string | null;
                            generation: number;
                            retryCount: number;
                            reason: string | null;
                            isSettled: boolean;
                            /** @description a run works on it, or the event that starts one is on its way */
                            isUnderWay: boolean;
                        };
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Somebody who may only read. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description There is no such row. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Refused; nothing was changed. Beside the message it has the fields of 200. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description The Idempotency-Key belongs to another order. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    WordsController_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Given again with the same key, the order is answered again, not carried out again. */
                "Idempotency-Key"?: string;
            };
            path: {
                jobId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                    hashtags: string;
                    /** @description why, for the audit */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done; the answer says the state observed afterwards. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "done" | "refused";
                        /** @description for people: what happened, or why not */
                        says: string;
                        jobId: string;
                        before: {
                            text: string;
                            hashtags: string;
                            /** @description by the owner; nothing of ours changes it */
                            edited: boolean;
                        } | null;
                        observed: {
                            text: string;
                            hashtags: string;
                            /** @description by the owner; nothing of ours changes it */
                            edited: boolean;
                        };
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Somebody who may only read. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description There is no such row. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Refused; nothing was changed. Beside the message it has the fields of 200. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description The Idempotency-Key belongs to another order. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    WordsController_brief: {
        parameters: {
            query?: never;
            header?: {
                /** @description Given again with the same key, the order is answered again, not carried out again. */
                "Idempotency-Key"?: string;
            };
            path: {
                jobId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description what the shop says; it is split into roles */
                    sentence?: string;
                    /** @description the same in roles, taken as they are given */
                    brief?: {
                        dish?: string;
                        line?: string;
                        price?: string;
                        priceWas?: string;
                        offer?: string;
                        period?: string;
                        note?: string;
                        callToAction?: string;
                        shop?: string;
                        handle?: string;
                        place?: string;
                    };
                    /** @description why, for the audit */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done; the answer says the state observed afterwards. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "done" | "refused";
                        /** @description for people: what happened, or why not */
                        says: string;
                        jobId: string;
                        before: {
                            jobId: string;
                            tenantId: string | null;
                            step: string | null;
                            status: string | null;
                            /** @description as recorded; step is the published copy */
                            stage: string | null;
                            stageStatus: string | null;
                            generation: number;
                            reason: string | null;
                            isUnderWay: boolean;
                            /** @description waits for its English copy */
                            isResting: boolean;
                            variants: {
                                variantId: string;
                                jobId: string;
                                step: string | null;
                                status: string | null;
                                generation: number;
                                retryCount: number;
                                reason: string | null;
                                isSettled: boolean;
                                /** @description a run works on it, or the event that starts one is on its way */
                                isUnderWay: boolean;
                            }[];
                        };
                        items: {
                            variantId: string;
                            /** @enum {string} */
                            outcome: "done" | "refused";
                            /** @description for people: what happened, or why not */
                            says: string;
                        }[];
                        observed: {
                            jobId: string;
                            tenantId: string | null;
                            step: string | null;
                            status: string | null;
                            /** @description as recorded; step is the published copy */
                            stage: string | null;
                            stageStatus: string | null;
                            generation: number;
                            reason: string | null;
                            isUnderWay: boolean;
                            /** @description waits for its English copy */
                            isResting: boolean;
                            variants: {
                                variantId: string;
                                jobId: string;
                                step: string | null;
                                status: string | null;
                                generation: number;
                                retryCount: number;
                                reason: string | null;
                                isSettled: boolean;
                                /** @description a run works on it, or the event that starts one is on its way */
                                isUnderWay: boolean;
                            }[];
                        };
                        brief: {
                            dish?: string;
                            line?: string;
                            price?: string;
                            priceWas?: string;
                            offer?: string;
                            period?: string;
                            note?: string;
                            callToAction?: string;
                            shop?: string;
                            handle?: string;
                            place?: string;
                        };
                        /** @description words of the sentence that no role took */
                        leftovers: {
                            text: string;
                            reason: string;
                        }[];
                        /** @description what each picture leads with and says */
                        ideas: {
                            /** @enum {string} */
                            kind: "dish" | "deal" | "moment";
                            texts: {
                                leadIn?: string;
                                headline: string;
                                line?: string;
                                price?: string;
                                priceWas?: string;
                                offer?: string;
                                period?: string;
                                note?: string;
                                callToAction?: string;
                                shop?: string;
                                handle?: string;
                                place?: string;
                            };
                            design?: string;
                            headlineScale?: number;
                        }[];
                        post: {
                            text: string;
                            hashtags: string;
                        };
                        /** @description what the owner should look at; nothing was changed */
                        warnings: {
                            /** @description the role, or the place on the picture */
                            role: string;
                            words: string;
                            /** @description what is the matter; noGlyph for signs that no face has */
                            code: string;
                            /** @description the article that restricts the words */
                            law?: string;
                        }[];
                        /** @description where each role is said */
                        coverage: {
                            /** @enum {string} */
                            role: "dish" | "line" | "price" | "priceWas" | "offer" | "period" | "note" | "callToAction" | "shop" | "handle" | "place";
                            /** @description on which pictures, 1 the first */
                            pictures: number[];
                            inPost: boolean;
                            /** @description why it is nowhere */
                            reason?: string;
                        }[];
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Somebody who may only read. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description There is no such row. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Refused; nothing was changed. Beside the message it has the fields of 200. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description The Idempotency-Key belongs to another order. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    WordsController_photo: {
        parameters: {
            query?: never;
            header?: {
                /** @description Given again with the same key, the order is answered again, not carried out again. */
                "Idempotency-Key"?: string;
            };
            path: {
                jobId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** @description where the dish is on it, as JSON */
                    subjectHint?: {
                        x: number;
                        y: number;
                        width: number;
                        height: number;
                    } | {
                        x: number;
                        y: number;
                    };
                    /** @description why, for the audit */
                    note?: string;
                    /**
                     * Format: binary
                     * @description the photo, JPEG, PNG, WebP, HEIC or AVIF
                     */
                    photo?: string;
                };
            };
        };
        responses: {
            /** @description Done; the answer says the state observed afterwards. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "done" | "refused";
                        /** @description for people: what happened, or why not */
                        says: string;
                        jobId: string;
                        before: {
                            jobId: string;
                            tenantId: string | null;
                            step: string | null;
                            status: string | null;
                            /** @description as recorded; step is the published copy */
                            stage: string | null;
                            stageStatus: string | null;
                            generation: number;
                            reason: string | null;
                            isUnderWay: boolean;
                            /** @description waits for its English copy */
                            isResting: boolean;
                            variants: {
                                variantId: string;
                                jobId: string;
                                step: string | null;
                                status: string | null;
                                generation: number;
                                retryCount: number;
                                reason: string | null;
                                isSettled: boolean;
                                /** @description a run works on it, or the event that starts one is on its way */
                                isUnderWay: boolean;
                            }[];
                        };
                        items: {
                            variantId: string;
                            /** @enum {string} */
                            outcome: "done" | "refused";
                            /** @description for people: what happened, or why not */
                            says: string;
                        }[];
                        observed: {
                            jobId: string;
                            tenantId: string | null;
                            step: string | null;
                            status: string | null;
                            /** @description as recorded; step is the published copy */
                            stage: string | null;
                            stageStatus: string | null;
                            generation: number;
                            reason: string | null;
                            isUnderWay: boolean;
                            /** @description waits for its English copy */
                            isResting: boolean;
                            variants: {
                                variantId: string;
                                jobId: string;
                                step: string | null;
                                status: string | null;
                                generation: number;
                                retryCount: number;
                                reason: string | null;
                                isSettled: boolean;
                                /** @description a run works on it, or the event that starts one is on its way */
                                isUnderWay: boolean;
                            }[];
                        };
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Somebody who may only read. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description There is no such row. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Refused; nothing was changed. Beside the message it has the fields of 200. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description The Idempotency-Key belongs to another order. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    IntakeController_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As the rows say now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        outbox: {
                            waiting: number;
                            held: number;
                            oldestSeconds: number;
                            dead: number;
                        };
                        oldestWaiting: {
                            kind: string;
                            jobId: string | null;
                            variantId: string | null;
                            lastError: string | null;
                            since: string;
                        }[];
                        deadLetters: {
                            kind: string;
                            jobId: string | null;
                            variantId: string | null;
                            lastError: string | null;
                            outboxId: string;
                            attempts: number;
                            deadAt: string;
                        }[];
                        pauses: {
                            tenantId: string | null;
                            actor: string;
                            note: string | null;
                            since: string;
                        }[];
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    IntakeController_pause: {
        parameters: {
            query?: never;
            header?: {
                /** @description Given again with the same key, the order is answered again, not carried out again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    tenantId?: string;
                    /** @description why, for the audit */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done; the answer says the state observed afterwards. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "done" | "refused";
                        /** @description for people: what happened, or why not */
                        says: string;
                        tenantId: string | null;
                        resumed: number;
                        observed: {
                            /** @description null stands for all */
                            pausedTenants: (string | null)[];
                            held: number;
                        };
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Somebody who may only read. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description There is no such row. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Refused; nothing was changed. Beside the message it has the fields of 200. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description The Idempotency-Key belongs to another order. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    IntakeController_resume: {
        parameters: {
            query?: never;
            header?: {
                /** @description Given again with the same key, the order is answered again, not carried out again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    tenantId?: string;
                    /** @description why, for the audit */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done; the answer says the state observed afterwards. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "done" | "refused";
                        /** @description for people: what happened, or why not */
                        says: string;
                        tenantId: string | null;
                        resumed: number;
                        observed: {
                            /** @description null stands for all */
                            pausedTenants: (string | null)[];
                            held: number;
                        };
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Somebody who may only read. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description There is no such row. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Refused; nothing was changed. Beside the message it has the fields of 200. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description The Idempotency-Key belongs to another order. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    DeadLettersController_redeliver: {
        parameters: {
            query?: never;
            header?: {
                /** @description Given again with the same key, the order is answered again, not carried out again. */
                "Idempotency-Key"?: string;
            };
            path: {
                outboxId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description why, for the audit */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done; the answer says the state observed afterwards. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "done" | "refused";
                        /** @description for people: what happened, or why not */
                        says: string;
                        outboxId: string;
                        /** @enum {string} */
                        observed: "on its way" | "dead" | "delivered";
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Somebody who may only read. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description There is no such row. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Refused; nothing was changed. Beside the message it has the fields of 200. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description The Idempotency-Key belongs to another order. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    QueuesController_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As the rows say now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            queue: string;
                            /** @enum {string} */
                            kind: "workflow" | "activity";
                            pollers: {
                                identity: string;
                                lastAccess: string | null;
                            }[];
                            backlog: number;
                            oldestSeconds: number;
                            busy: number | null;
                            slotsPerWorker: number | null;
                        }[];
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    AuditController_list: {
        parameters: {
            query?: {
                jobId?: string;
                variantId?: string;
                actor?: string;
                action?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As the rows say now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            auditId: string;
                            at: string;
                            actor: string;
                            action: string;
                            jobId: string | null;
                            variantId: string | null;
                            before: {
                                [key: string]: unknown;
                            } | null;
                            after: {
                                [key: string]: unknown;
                            } | null;
                            note: string | null;
                        }[];
                        /** @description the cursor of the following page */
                        next: string | null;
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    TonesController_list: {
        parameters: {
            query?: {
                /** @description whose advertisements are the examples; a tenant’s key shows its own */
                tenantId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As the rows say now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            toneStyleId: string;
                            code: string | null;
                            englishName: string;
                            koreanName: string | null;
                            description: string | null;
                            /** @description the tenant’s newest advertisement finished in this tone */
                            exampleUrl: string | null;
                        }[];
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    EventsController_stream: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    BrandsController_list: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As the rows say now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            tenantId: string;
                            name: string | null;
                            logoUrl: string | null;
                            colour: string | null;
                            secondColour: string | null;
                            handle: string | null;
                            phone: string | null;
                            address: string | null;
                            hours: string | null;
                            face: string | null;
                            /** @description how the colours look where they meet text */
                            inUse: {
                                colour: {
                                    /** @description as text on white */
                                    text: {
                                        /** @description RRGGBB */
                                        colour: string;
                                        /** @description WCAG 2.1; 4.5 or more */
                                        contrast: number;
                                        /** @description by how much its lightness (HSL) was changed, -1 to 1; 0 for as it was chosen */
                                        shift: number;
                                    };
                                    /** @description as a ground for text */
                                    ground: {
                                        /** @description RRGGBB */
                                        colour: string;
                                        /** @description WCAG 2.1; 4.5 or more */
                                        contrast: number;
                                        /** @description by how much its lightness (HSL) was changed, -1 to 1; 0 for as it was chosen */
                                        shift: number;
                                        /** @description RRGGBB */
                                        ink: string;
                                    };
                                } | null;
                                secondColour: {
                                    /** @description as text on white */
                                    text: {
                                        /** @description RRGGBB */
                                        colour: string;
                                        /** @description WCAG 2.1; 4.5 or more */
                                        contrast: number;
                                        /** @description by how much its lightness (HSL) was changed, -1 to 1; 0 for as it was chosen */
                                        shift: number;
                                    };
                                    /** @description as a ground for text */
                                    ground: {
                                        /** @description RRGGBB */
                                        colour: string;
                                        /** @description WCAG 2.1; 4.5 or more */
                                        contrast: number;
                                        /** @description by how much its lightness (HSL) was changed, -1 to 1; 0 for as it was chosen */
                                        shift: number;
                                        /** @description RRGGBB */
                                        ink: string;
                                    };
                                } | null;
                            };
                        }[];
                        /** @description the cursor of the following page */
                        next: string | null;
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    BrandsController_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tenantId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As the rows say now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tenantId: string;
                        name: string | null;
                        logoUrl: string | null;
                        colour: string | null;
                        secondColour: string | null;
                        handle: string | null;
                        phone: string | null;
                        address: string | null;
                        hours: string | null;
                        face: string | null;
                        /** @description how the colours look where they meet text */
                        inUse: {
                            colour: {
                                /** @description as text on white */
                                text: {
                                    /** @description RRGGBB */
                                    colour: string;
                                    /** @description WCAG 2.1; 4.5 or more */
                                    contrast: number;
                                    /** @description by how much its lightness (HSL) was changed, -1 to 1; 0 for as it was chosen */
                                    shift: number;
                                };
                                /** @description as a ground for text */
                                ground: {
                                    /** @description RRGGBB */
                                    colour: string;
                                    /** @description WCAG 2.1; 4.5 or more */
                                    contrast: number;
                                    /** @description by how much its lightness (HSL) was changed, -1 to 1; 0 for as it was chosen */
                                    shift: number;
                                    /** @description RRGGBB */
                                    ink: string;
                                };
                            } | null;
                            secondColour: {
                                /** @description as text on white */
                                text: {
                                    /** @description RRGGBB */
                                    colour: string;
                                    /** @description WCAG 2.1; 4.5 or more */
                                    contrast: number;
                                    /** @description by how much its lightness (HSL) was changed, -1 to 1; 0 for as it was chosen */
                                    shift: number;
                                };
                                /** @description as a ground for text */
                                ground: {
                                    /** @description RRGGBB */
                                    colour: string;
                                    /** @description WCAG 2.1; 4.5 or more */
                                    contrast: number;
                                    /** @description by how much its lightness (HSL) was changed, -1 to 1; 0 for as it was chosen */
                                    shift: number;
                                    /** @description RRGGBB */
                                    ink: string;
                                };
                            } | null;
                        };
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    BrandsController_set: {
        parameters: {
            query?: never;
            header?: {
                /** @description Given again with the same key, the order is answered again, not carried out again. */
                "Idempotency-Key"?: string;
            };
            path: {
                tenantId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the shop’s name as it stands on pictures */
                    name?: string | null;
                    /** @description RRGGBB */
                    colour?: string | null;
                    /** @description RRGGBB */
                    secondColour?: string | null;
                    /** @description Instagram’s, such as @my.shop */
                    handle?: string | null;
                    phone?: string | null;
                    address?: string | null;
                    /** @description when it is open, in the shop’s own words */
                    hours?: string | null;
                    /**
                     * @description headlines are set in it where the design allows
                     * @enum {string|null}
                     */
                    face?: "ExtraBold" | "SemiBold" | "Serif" | "Print" | "Black" | "BlackHan" | "DoHyeon" | "Jua" | "BagelFat" | "SongMyung" | "Gaegu" | "NanumPen" | null;
                    /** @description why, for the audit */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done; the answer says the state observed afterwards. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "done" | "refused";
                        /** @description for people: what happened, or why not */
                        says: string;
                        tenantId: string;
                        before: {
                            tenantId: string;
                            name: string | null;
                            logoUrl: string | null;
                            colour: string | null;
                            secondColour: string | null;
                            handle: string | null;
                            phone: string | null;
                            address: string | null;
                            hours: string | null;
                            face: string | null;
                        } | null;
                        observed: {
                            tenantId: string;
                            name: string | null;
                            logoUrl: string | null;
                            colour: string | null;
                            secondColour: string | null;
                            handle: string | null;
                            phone: string | null;
                            address: string | null;
                            hours: string | null;
                            face: string | null;
                        } | null;
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Somebody who may only read. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description There is no such row. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Refused; nothing was changed. Beside the message it has the fields of 200. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description The Idempotency-Key belongs to another order. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    BrandsController_setLogo: {
        parameters: {
            query?: never;
            header?: {
                /** @description Given again with the same key, the order is answered again, not carried out again. */
                "Idempotency-Key"?: string;
            };
            path: {
                tenantId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** @description why, for the audit */
                    note?: string;
                    /**
                     * Format: binary
                     * @description the logo, a PNG with transparency
                     */
                    logo?: string;
                };
            };
        };
        responses: {
            /** @description Done; the answer says the state observed afterwards. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "done" | "refused";
                        /** @description for people: what happened, or why not */
                        says: string;
                        tenantId: string;
                        before: {
                            tenantId: string;
                            name: string | null;
                            logoUrl: string | null;
                            colour: string | null;
                            secondColour: string | null;
                            handle: string | null;
                            phone: string | null;
                            address: string | null;
                            hours: string | null;
                            face: string | null;
                        } | null;
                        observed: {
                            tenantId: string;
                            name: string | null;
                            logoUrl: string | null;
                            colour: string | null;
                            secondColour: string | null;
                            handle: string | null;
                            phone: string | null;
                            address: string | null;
                            hours: string | null;
                            face: string | null;
                        } | null;
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Somebody who may only read. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description There is no such row. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Refused; nothing was changed. Beside the message it has the fields of 200. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description The Idempotency-Key belongs to another order. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    BrandsController_removeLogo: {
        parameters: {
            query?: never;
            header?: {
                /** @description Given again with the same key, the order is answered again, not carried out again. */
                "Idempotency-Key"?: string;
            };
            path: {
                tenantId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer says the state observed afterwards. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "done" | "refused";
                        /** @description for people: what happened, or why not */
                        says: string;
                        tenantId: string;
                        before: {
                            tenantId: string;
                            name: string | null;
                            logoUrl: string | null;
                            colour: string | null;
                            secondColour: string | null;
                            handle: string | null;
                            phone: string | null;
                            address: string | null;
                            hours: string | null;
                            face: string | null;
                        } | null;
                        observed: {
                            tenantId: string;
                            name: string | null;
                            logoUrl: string | null;
                            colour: string | null;
                            secondColour: string | null;
                            handle: string | null;
                            phone: string | null;
                            address: string | null;
                            hours: string | null;
                            face: string | null;
                        } | null;
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Nobody we know. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Somebody who may only read. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description There is no such row. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description Refused; nothing was changed. Beside the message it has the fields of 200. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
            /** @description The Idempotency-Key belongs to another order. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    NeighboursController_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    description?: string;
                    request?: string;
                    image_base64?: string;
                    image_name?: string;
                    /**
                     * Format: binary
                     * @description the photo, JPEG, PNG, WebP, HEIC or AVIF
                     */
                    image?: string;
                };
            };
        };
        responses: {
            /** @description It is on its way. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job_id: string;
                        /** @enum {string} */
                        status: "job_created_and_inputs_submitted";
                    };
                };
            };
            /** @description Not to be understood; the message names the field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statusCode: number;
                        message: string | string[];
                        error?: string;
                    };
                };
            };
        };
    };
    NeighboursController_results: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pictures that succeeded, and the newest feed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job_id: string;
                        images: {
                            image_url: string;
                        }[];
                        instagram_ad_copy: string;
                        hashtags: string;
                    };
                };
            };
            /** @description Still on its way; ask again. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description for people */
                        detail: string;
                        job_id: string;
                        current_step: string | null;
                        status: string | null;
                        reason: string | null;
                    };
                };
            };
            /** @description The job has failed; the reason is in the answer. Asking again changes nothing. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description for people */
                        detail: string;
                        job_id: string;
                        current_step: string | null;
                        status: string | null;
                        reason: string | null;
                    };
                };
            };
        };
    };
    AssetsController_send: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ThumbnailsController_send: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                width: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
